/** How a conversation is led: what goes into every prompt of it, besides the turns. */
import { type AsOf, type AsOfDate, readDate, resolveDate } from '../prompt/as-of-date';
import { type PinCheck, readPinCheck } from '../prompt/pin-check';
import type { Thinking } from '../prompt/prompt-format';
import { type SafetyMode, safetyModes } from '../prompt/safety';
import { type SamplingChoice, samplingSchema } from '../prompt/sampling';
import { nullable, type Of, oneOf, parsed, Reading, record, text, withDefault } from '../schema';

export const pinStrengthSchema = oneOf('system', 'every-turn');

/**
 * Where the pinned instruction stands: in the system text, as chat models are trained; or before each
 * question, as in the data that Ghost Attention is trained with, for models that forget.
 */
export type PinStrength = Of<typeof pinStrengthSchema>;

const asOf = parsed<AsOf>((value) =>
  value === 'off' || value === 'today' ? value : readDate(value),
);

export const settingsSchema = record({
  /** An instruction that goes with every prompt; empty for none. */
  pinned: withDefault(text, ''),
  pinStrength: withDefault(pinStrengthSchema, 'system'),
  /** How to tell whether an answer keeps to it; null where that is not stated. */
  pinCheck: withDefault<PinCheck | null>(nullable(parsed(readPinCheck)), null),
  /** Null for the model's own default. */
  safety: withDefault<SafetyMode | null>(nullable(oneOf(...safetyModes)), null),
  /** Null for the model's own default. */
  asOf: withDefault<AsOf | null>(nullable(asOf), null),
  /**
   * The day that "today" stands for: that of the first message, and null before. A model that is told
   * another day has to read the whole conversation again, so only a person moves it on.
   */
  today: withDefault<AsOfDate | null>(nullable(parsed(readDate)), null),
  /** Comes after what the mode says; empty for none. */
  systemPrompt: withDefault(text, ''),
  sampling: withDefault<SamplingChoice>(samplingSchema, {}),
  /** Whether a model that can be told thinks first; null for the model's own way. */
  thinking: withDefault<Thinking>(nullable(oneOf('on', 'off')), null),
});

export type ConversationSettings = Of<typeof settingsSchema>;

export const defaultSettings: ConversationSettings = settingsSchema.read({}, new Reading(true));

/** What a model does in a conversation that says nothing else. */
export interface ModelDefaults {
  readonly safety: SafetyMode;
  readonly asOf: 'off' | 'today';
}

interface HasDefaults {
  readonly defaults: ModelDefaults;
}

/** As the first message is sent: from now on "today" is that day. */
export function withToday(settings: ConversationSettings, today: AsOfDate): ConversationSettings {
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
