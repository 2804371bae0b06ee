/** Keeps key events during text composition (input methods) from the app's fields and shortcuts. */
import { isComposing } from '../../core/settings/keyboard';

export function ignoreComposingKeys(): void {
  const leave = (event: KeyboardEvent) => {
    if (isComposing(event)) event.stopImmediatePropagation();
  };
  // Runs before any listener of the app, in any field.
  addEventListener('keydown', leave, { capture: true });
}
