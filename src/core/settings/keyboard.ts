/** What the keyboard events of different browsers and devices mean. */

/** The part of a KeyboardEvent that tells whether an input method has it. */
export interface ComposedKey {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Of a key that an input method has taken, whatever key it is. */
const takenKeyCode = 229;

/**
 * Whether a key belongs to an input method that composes text. Safari ends the composition before the Enter
 * that ends it arrives: only the old code tells.
 */
export function isComposing({ isComposing, keyCode }: ComposedKey): boolean {
  return isComposing || keyCode === takenKeyCode;
}

/** Keys that people press while they type, and that keyboards on a screen do not send. */
const realKeys = /^(Shift|Control|Alt|Meta|Escape|F\d+)$/;

/** Whether a key comes from a keyboard that one can touch. */
export function isOfRealKeyboard(key: string): boolean {
  return realKeys.test(key);
}

export interface Typing {
  readonly isMobile: boolean;
  /** What points first is a finger. */
  readonly isCoarse: boolean;
  /** There is a mouse or a touchpad as well, and with it nearly always a keyboard. */
  readonly hasFine: boolean;
  /** A key of a real keyboard was pressed. */
  readonly hasKeyboard: boolean;
}

/** Whether people type on the screen: Enter breaks the line there, and a button sends. */
export function typesOnScreen({ isMobile, isCoarse, hasFine, hasKeyboard }: Typing): boolean {
  // Some phones say that they have a mouse, and touch laptops in Firefox that they have none first.
  return !hasKeyboard && (isMobile || (isCoarse && !hasFine));
}
