/** Interprets keyboard events of different browsers and devices. */

/** The fields of a KeyboardEvent that show whether an input method handles it. */
export interface ComposingKey {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** The key code of any key that an input method handles. */
const takenKeyCode = 229;

/**
 * Whether an input method that composes text handles the key. Safari ends the composition before its final
 * Enter arrives, so only the old key code shows it.
 */
export function isComposing({ isComposing, keyCode }: ComposingKey): boolean {
  return isComposing || keyCode === takenKeyCode;
}

/** Keys that people press while they type and that on-screen keyboards do not send. */
const realKeys = /^(Shift|Control|Alt|Meta|Escape|F\d+)$/;

/** Whether a key comes from a physical keyboard. */
export function isOfRealKeyboard(key: string): boolean {
  return realKeys.test(key);
}

export interface Typing {
  readonly isMobile: boolean;
  /** The primary pointer is a finger. */
  readonly isCoarse: boolean;
  /** There is a mouse or a touchpad too, and so nearly always a keyboard. */
  readonly hasFine: boolean;
  /** A key of a physical keyboard was pressed. */
  readonly hasKeyboard: boolean;
}

/** Whether the visitor types on the screen: Enter then breaks the line, and a button sends. */
export function typesOnScreen({ isMobile, isCoarse, hasFine, hasKeyboard }: Typing): boolean {
  // Some phones report a mouse, and touch laptops in Firefox report a finger as primary pointer.
  return !hasKeyboard && (isMobile || (isCoarse && !hasFine));
}
