/** How a conversation is led: what goes into every prompt of it, besides the turns. */
import { type AsOf, type AsOfDate, readDate, resolveDate } from './as-of-date';
import { type PinCheck, readPinCheck } from './pin-check';
import { type SafetyMode, safetyModes } from './safety';
import { readSampling, type SamplingChoice } from './sampling';

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
  /** Null for the model's own default. */
  readonly safety: SafetyMode | null;
  /** Null for the model's own default. */
  readonly asOf: AsOf | null;
  /**
   * The day that "today" stands for: that of the first message, and null before. A model that is told
   * another day has to read the whole conversation again, so only a person moves it on.
   */
  readonly today: AsOfDate | null;
  /** Comes after what the mode says; empty for none. */
  readonly systemPrompt: string;
  readonly sampling: SamplingChoice;
}

/** What a model does in a conversation that says nothing else. */
export interface ModelDefaults {
  readonly safety: SafetyMode;
  readonly asOf: 'off' | 'today';
}

interface HasDefaults {
  readonly defaults: ModelDefaults;
}

export const defaultSettings: ConversationSettings = {
  pinned: '',
  pinStrength: 'system',
  pinCheck: null,
  safety: null,
  asOf: null,
  today: null,
  systemPrompt: '',
  sampling: {},
};

/** The value if it has the right shape, undefined otherwise. */
type Reader<T> = (value: unknown) => T | undefined;

const readText: Reader<string> = (value) => (typeof value === 'string' ? value : undefined);
const orNull =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? null : read(value);

export const settingReaders: {
  readonly [K in keyof ConversationSettings]: Reader<ConversationSettings[K]>;
} = {
  pinned: readText,
  pinStrength: (value) => (value === 'system' || value === 'every-turn' ? value : undefined),
  pinCheck: (value) => readPinCheck(value),
  safety: orNull((value) => safetyModes.find((mode) => mode === value)),
  asOf: orNull((value) =>
    value === 'off' || value === 'today' ? value : (readDate(value) ?? undefined),
  ),
  today: orNull((value) => readDate(value) ?? undefined),
  systemPrompt: readText,
  sampling: readSampling,
};

/** Of a stored or imported value, what has the right shape; the default for everything else. */
export function readSettings(value: unknown): ConversationSettings {
  const stored = (value ?? {}) as Partial<Record<string, unknown>>;
  const entries = Object.entries(settingReaders).map(([name, read]) => {
    const fallback = defaultSettings[name as keyof ConversationSettings];
    return [name, read(stored[name]) ?? fallback];
  });
  return Object.fromEntries(entries) as ConversationSettings;
}

/** As the first message is sent: from now on "today" is that day. */
export function begun(settings: ConversationSettings, today: AsOfDate): ConversationSettings {
  return settings.today === null ? { ...settings, today } : settings;
}

export function safetyOf(settings: ConversationSettings, model: HasDefaults): SafetyMode {
  return settings.safety ?? model.defaults.safety;
}

export function asOfOf(settings: ConversationSettings, model: HasDefaults): AsOf {
  return settings.asOf ?? model.defaults.asOf;
}

/** The date that the model is told with every prompt; null for none. */
export function dateOfConversation(
  settings: ConversationSettings,
  model: HasDefaults,
  today: AsOfDate,
): AsOfDate | null {
  return resolveDate(asOfOf(settings, model), settings.today ?? today);
}
