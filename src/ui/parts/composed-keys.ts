/** Keys that an input method composes text with are its own: no field and no shortcut of the app hears of them. */
import { isComposing } from '../../core/settings/keyboard';

export function leaveComposedKeys(): void {
  const leave = (event: KeyboardEvent) => {
    if (isComposing(event)) event.stopImmediatePropagation();
  };
  // Before any listener of the app, in whatever field.
  addEventListener('keydown', leave, { capture: true });
}
