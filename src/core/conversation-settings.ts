/** How a conversation is led: what goes into every prompt of it, besides the turns. */
import { type PinCheck, readPinCheck } from './pin-check';

/**
 * Where the pinned instruction stands: in the system text, as chat models are trained; or before each
 * question, as in the data that Ghost Attention is trained with, for models that forget.
 */
export type PinStrength = 'system' | 'every-turn';

export interface ConversationSettings {
  /** An instruction that goes with every prompt; empty for none. */
  readonly pinned: string;
  readonly pinStrength: PinStrength;
  /** How to tell whether an answer keeps to it; null where that is not stated. */
  readonly pinCheck: PinCheck | null;
}

export const defaultSettings: ConversationSettings = {
  pinned: '',
  pinStrength: 'system',
  pinCheck: null,
};

/** Of a stored or imported value, what has the right shape; the default for everything else. */
export function readSettings(value: unknown): ConversationSettings {
  const { pinned, pinStrength, pinCheck } = (value ?? {}) as Partial<
    Record<keyof ConversationSettings, unknown>
  >;
  return {
    pinned: typeof pinned === 'string' ? pinned : defaultSettings.pinned,
    pinStrength: pinStrength === 'every-turn' ? pinStrength : defaultSettings.pinStrength,
    pinCheck: readPinCheck(pinCheck),
  };
}
