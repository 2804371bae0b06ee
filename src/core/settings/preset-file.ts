/** Reads and writes the file of presets (docs/presets.md), and reads stored ones. */
import { AppError } from '../../protocol/errors';
import {
  isSame,
  type Preset,
  presetLimits,
  presetName,
  presetSchema,
  type PresetSettings,
} from './presets';
import { Mismatch, Reading } from '../schema';

/** The file's version; a newer one is refused. */
const fileSchema = 1;
const format = 'corral-presets';

export function presetFile(presets: readonly Preset[]): string {
  return `${JSON.stringify({ format, schema: fileSchema, presets }, null, 2)}\n`;
}

/** Throws `presets-unreadable` with the place, `presets-newer` or `presets-too-large`. */
export function readPresetFile(text: string): readonly Preset[] {
  if (text.length > presetLimits.fileBytes) throw tooLarge(text.length);
  const file = asObject(parseJson(text), 'file');
  if (file['format'] !== format) throw unreadable('format');
  const schema = file['schema'];
  if (!Number.isInteger(schema) || Number(schema) < 1) throw unreadable('schema');
  if (Number(schema) > fileSchema) throw new AppError('presets-newer', { schema: Number(schema) });
  return readPresets(file['presets']);
}

/** Reads a list that is not in a file; throws as above. */
export function readPresets(list: unknown): readonly Preset[] {
  if (!Array.isArray(list) || list.length > presetLimits.count) throw unreadable('presets');
  return list.map((value, at) => readPreset(value, `presets[${at}]`));
}

export function tooLarge(sizeBytes: number): AppError {
  return new AppError('presets-too-large', { sizeBytes, limitBytes: presetLimits.fileBytes });
}

/** A preset with unknown fields is refused: it would do something other than its author meant. */
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

/** Adds the presets of a file; duplicates are skipped, and nothing is overwritten. */
export function withImported(
  presets: readonly Preset[],
  imported: readonly Preset[],
): readonly Preset[] {
  return imported.reduce((all, preset) => {
    const isThere = all.some(
      ({ name, settings }) => name === preset.name && isSame(settings, preset.settings),
    );
    return isThere ? all : [...all, { ...preset, name: uniqueName(preset.name, all) }];
  }, presets);
}

function uniqueName(name: string, taken: readonly Preset[]): string {
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

/** The place comes from the file, so it is shown shortened. */
function unreadable(place: string): AppError {
  return new AppError('presets-unreadable', { place: place.slice(0, 80) });
}
