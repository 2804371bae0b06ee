/** Whether the visitor types on a screen keyboard. */
import { isOfRealKeyboard, typesOnScreen } from '../../core/settings/keyboard';
import { deviceSigns, isMobile } from '../../core/device';

class ScreenKeyboard {
  #hasKeyboard = $state(false);

  constructor() {
    const watch = ({ key }: KeyboardEvent) => {
      if (isOfRealKeyboard(key)) this.#hasKeyboard = true;
    };
    addEventListener('keydown', watch, { capture: true, passive: true });
  }

  /** Whether Enter breaks the line, because a button sends. */
  get isUsed(): boolean {
    return typesOnScreen({
      isMobile: isMobile(deviceSigns(navigator)),
      isCoarse: matchMedia('(pointer: coarse)').matches,
      hasFine: matchMedia('(any-pointer: fine)').matches,
      hasKeyboard: this.#hasKeyboard,
    });
  }
}

export const screenKeyboard = new ScreenKeyboard();
