/** Presets: named settings, and the file in which they are passed on. docs/presets.md describes it. */
import { AppError } from '../protocol/errors';
import { type ConversationSettings, settingsSchema } from './conversation-settings';
import { Mismatch, type Of, Reading, record } from './schema';

/** Of the file; a newer one is refused. */
const fileSchema = 1;
const format = 'corral-presets';

const { today: _today, ...presetFields } = settingsSchema.fields;
const presetSchema = record(presetFields);

export type PresetSettings = Of<typeof presetSchema>;

export interface Preset {
  readonly name: string;
  readonly settings: PresetSettings;
}

/** Far more than anyone writes, far less than what would make the page slow. */
export const presetLimits = {
  fileBytes: 500_000,
  count: 100,
  nameLength: 60,
  textLength: 20_000,
} as const;

/** What a preset keeps of a conversation: what this version knows of it, but the day. */
export function presetSettings(settings: ConversationSettings): PresetSettings {
  return presetSchema.read(settings, new Reading(false, '', 'drop'));
}

/** True for settings that say the same. */
export function isSame(a: PresetSettings, b: PresetSettings): boolean {
  const inOrder = (settings: PresetSettings) =>
    JSON.stringify(settingNames.map((name) => sorted(settings[name])));
  return inOrder(a) === inOrder(b);
}

const settingNames = Object.keys(presetFields) as (keyof PresetSettings)[];

/** With an object's members by name, so that their order makes no difference. */
function sorted(value: unknown): unknown {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
}

export function presetFile(presets: readonly Preset[]): string {
  return `${JSON.stringify({ format, schema: fileSchema, presets }, null, 2)}\n`;
}

/** Throws `presets-unreadable`, with the place, `presets-newer` or `presets-too-large`. */
export function readPresetFile(text: string): readonly Preset[] {
  if (text.length > presetLimits.fileBytes) throw tooLarge(text.length);
  const file = asObject(parseJson(text), 'file');
  if (file['format'] !== format) throw unreadable('format');
  const schema = file['schema'];
  if (!Number.isInteger(schema) || Number(schema) < 1) throw unreadable('schema');
  if (Number(schema) > fileSchema) throw new AppError('presets-newer', { schema: Number(schema) });
  return readPresets(file['presets']);
}

/** The same of a list that is not in a file. */
export function readPresets(list: unknown): readonly Preset[] {
  if (!Array.isArray(list) || list.length > presetLimits.count) throw unreadable('presets');
  return list.map((value, at) => readPreset(value, `presets[${at}]`));
}

export function tooLarge(sizeBytes: number): AppError {
  return new AppError('presets-too-large', { sizeBytes, limitBytes: presetLimits.fileBytes });
}

/** A preset with unknown members is refused: it would do something else than its author meant. */
function readPreset(value: unknown, place: string): Preset {
  const { name, settings, ...others } = asObject(value, place);
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw unreadable(`${place}.${unknown}`);
  const cleanName = typeof name === 'string' ? presetName(name) : '';
  if (cleanName === '') throw unreadable(`${place}.name`);
  const read = Object.entries(readSettings(settings, `${place}.settings`)).map(([key, entry]) => {
    if (typeof entry !== 'string') return [key, entry];
    if (entry.length > presetLimits.textLength) throw unreadable(`${place}.settings.${key}`);
    return [key, entry.toWellFormed()];
  });
  return { name: cleanName, settings: Object.fromEntries(read) as PresetSettings };
}

function readSettings(settings: unknown, place: string): PresetSettings {
  try {
    return presetSchema.read(settings, new Reading(true, place, 'refuse'));
  } catch (cause) {
    throw cause instanceof Mismatch ? unreadable(cause.where) : cause;
  }
}

/** On one line and not too long; empty for none. */
export function presetName(typed: string): string {
  const line = typed.toWellFormed().replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return line.trim().slice(0, presetLimits.nameLength).toWellFormed();
}

/** With the preset in place of the one of its name, or at the end. */
export function withPreset(presets: readonly Preset[], preset: Preset): readonly Preset[] {
  const at = presets.findIndex(({ name }) => name === preset.name);
  return at < 0 ? [...presets, preset] : presets.with(at, preset);
}

/** With those of a file: what is there already is not added, and nothing is overwritten. */
export function withImported(
  presets: readonly Preset[],
  imported: readonly Preset[],
): readonly Preset[] {
  return imported.reduce((all, preset) => {
    const isThere = all.some(
      ({ name, settings }) => name === preset.name && isSame(settings, preset.settings),
    );
    return isThere ? all : [...all, { ...preset, name: freeName(preset.name, all) }];
  }, presets);
}

function freeName(name: string, taken: readonly Preset[]): string {
  const isTaken = (candidate: string) => taken.some((preset) => preset.name === candidate);
  for (let count = 1; ; count += 1) {
    const candidate =
      count === 1 ? name : presetName(`${name.slice(0, -6 + presetLimits.nameLength)} (${count})`);
    if (!isTaken(candidate)) return candidate;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('presets-unreadable', { place: 'JSON' }, { cause });
  }
}

function asObject(value: unknown, place: string): Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) throw unreadable(place);
  return value as Record<string, unknown>;
}

/** The place comes from the file: what is shown of it is kept short. */
function unreadable(place: string): AppError {
  return new AppError('presets-unreadable', { place: place.slice(0, 80) });
}
