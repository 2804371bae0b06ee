/** Presets: named settings of a conversation. */
import { settingsSchema } from '../chat/conversation-settings';
import { isSameContent } from '../same-content';
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

/** The settings of a conversation that a preset contains: the ones that this version knows, without the day. */
export function presetSettings(settings: PresetSettings): PresetSettings {
  return presetSchema.read(settings, new Reading(false, '', 'drop'));
}

/** True for settings with the same content; unknown fields do not count. */
export function isSame(a: PresetSettings, b: PresetSettings): boolean {
  return isSameContent(presetSettings(a), presetSettings(b));
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
