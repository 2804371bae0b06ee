/** A conversation's settings: what goes into each of its prompts besides the turns. */
import { type AsOf, type AsOfDate, readDate, resolveDate } from '../prompt/as-of-date';
import { type PinCheck, readPinCheck } from '../prompt/pin-check';
import type { Thinking } from '../prompt/prompt-format';
import { type SafetyMode, safetyModes } from '../prompt/safety';
import { type SamplingChoice, samplingSchema } from '../prompt/sampling';
import { nullable, type Of, oneOf, parsed, Reading, record, text, withDefault } from '../schema';

export const pinStrengthSchema = oneOf('system', 'every-turn');

/**
 * Where the pinned instruction goes: into the system text, as chat models are trained; or before each question,
 * as in the training data of Ghost Attention, for models that forget.
 */
export type PinStrength = Of<typeof pinStrengthSchema>;

const asOf = parsed<AsOf>((value) =>
  value === 'off' || value === 'today' ? value : readDate(value),
);

export const settingsSchema = record({
  /** An instruction that goes into every prompt; empty for none. */
  pinned: withDefault(text, ''),
  pinStrength: withDefault(pinStrengthSchema, 'system'),
  /** A check whether an answer follows the instruction; null if there is none. */
  pinCheck: withDefault<PinCheck | null>(nullable(parsed(readPinCheck)), null),
  /** Null for the model's own default. */
  safety: withDefault<SafetyMode | null>(nullable(oneOf(...safetyModes)), null),
  /** Null for the model's own default. */
  asOf: withDefault<AsOf | null>(nullable(asOf), null),
  /**
   * The date used for "today": the day of the first message, and null before it. With a new date the model has
   * to read the whole conversation again, so only the visitor changes it.
   */
  today: withDefault<AsOfDate | null>(nullable(parsed(readDate)), null),
  /** Follows the safety mode's text; empty for none. */
  systemPrompt: withDefault(text, ''),
  sampling: withDefault<SamplingChoice>(samplingSchema, {}),
  /** Whether the model thinks before it answers, for models with such a switch; null for the model's default. */
  thinking: withDefault<Thinking>(nullable(oneOf('on', 'off')), null),
});

export type ConversationSettings = Of<typeof settingsSchema>;

export const defaultSettings: ConversationSettings = settingsSchema.read({}, new Reading(true));

/** The model's defaults for settings that are null. */
export interface ModelDefaults {
  readonly safety: SafetyMode;
  readonly asOf: 'off' | 'today';
}

interface HasDefaults {
  readonly defaults: ModelDefaults;
}

/** Fixes "today" when the first message is sent. */
export function withToday(settings: ConversationSettings, today: AsOfDate): ConversationSettings {
  return settings.today === null ? { ...settings, today } : settings;
}

export function safetyOf(settings: ConversationSettings, model: HasDefaults): SafetyMode {
  return settings.safety ?? model.defaults.safety;
}

export function effectiveAsOf(settings: ConversationSettings, model: HasDefaults): AsOf {
  return settings.asOf ?? model.defaults.asOf;
}

/** The date that every prompt tells the model; null for none. */
export function dateOfConversation(
  settings: ConversationSettings,
  model: HasDefaults,
  today: AsOfDate,
): AsOfDate | null {
  return resolveDate(effectiveAsOf(settings, model), settings.today ?? today);
}
