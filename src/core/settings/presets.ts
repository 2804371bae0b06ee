/** Presets: named settings of a conversation. */
import { type ConversationSettings, settingsSchema } from '../chat/conversation-settings';
import { type Of, Reading, record } from '../schema';

const { today: _today, ...presetFields } = settingsSchema.fields;
export const presetSchema = record(presetFields);

export type PresetSettings = Of<typeof presetSchema>;

export interface Preset {
  readonly name: string;
  readonly settings: PresetSettings;
}

/** Far more than anyone writes, and far less than what would slow the page down. */
export const presetLimits = {
  fileBytes: 500_000,
  count: 100,
  nameLength: 60,
  textLength: 20_000,
} as const;

/** The settings that a preset keeps: all known ones except the date of today. */
export function presetSettings(settings: ConversationSettings): PresetSettings {
  return presetSchema.read(settings, new Reading(false, '', 'drop'));
}

/** True for equal settings. */
export function isSame(a: PresetSettings, b: PresetSettings): boolean {
  const inOrder = (settings: PresetSettings) =>
    JSON.stringify(settingNames.map((name) => sorted(settings[name])));
  return inOrder(a) === inOrder(b);
}

const settingNames = Object.keys(presetFields) as (keyof PresetSettings)[];

/** Sorts an object's fields by name, so that their order makes no difference. */
function sorted(value: unknown): unknown {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
}

/** One line of limited length; empty for none. */
export function presetName(typed: string): string {
  const line = typed.toWellFormed().replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return line.trim().slice(0, presetLimits.nameLength).toWellFormed();
}

/** Replaces the preset of the same name, or appends it. */
export function withPreset(presets: readonly Preset[], preset: Preset): readonly Preset[] {
  const at = presets.findIndex(({ name }) => name === preset.name);
  return at < 0 ? [...presets, preset] : presets.with(at, preset);
}
