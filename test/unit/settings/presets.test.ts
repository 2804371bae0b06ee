import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import {
  presetFile,
  readPresetFile,
  readPresets,
  withImported,
} from '../../../src/core/settings/preset-file';
import {
  isSame,
  type Preset,
  presetName,
  presetSettings,
} from '../../../src/core/settings/presets';
import { enLazy } from '../../../src/i18n/en/lazy';
import { itLazy } from '../../../src/i18n/it/lazy';

const plain = presetSettings(defaultSettings);
const dante: Preset = {
  name: 'Dante',
  settings: {
    ...plain,
    systemPrompt: 'You are Dante.',
    pinned: 'Stay Dante.',
    safety: 'direct',
    asOf: '1310' as never,
    sampling: { temperature: 0.8, stop: ['\n\n'], thoughtTokens: 200 },
    thinking: 'on',
  },
};
const file = (changes: object) =>
  JSON.stringify({ format: 'corral-presets', schema: 1, presets: [], ...changes });
const preset = (changes: object) => file({ presets: [{ ...dante, ...changes }] });

describe('presetSettings', () => {
  it('drops the date, and fields that this version does not know', () => {
    const later = {
      ...defaultSettings,
      today: '2026-11-28',
      later: 1,
      sampling: { topP: 1, more: 2 },
    };
    expect(presetSettings(later as never)).toEqual({ ...plain, sampling: { topP: 1 } });
  });
});

describe('a file of presets', () => {
  it('is read unchanged', () => {
    expect(readPresetFile(presetFile([dante]))).toEqual([dante]);
  });

  it('may leave settings out: they are the model’s own', () => {
    const [read] = readPresetFile(file({ presets: [{ name: 'Brief', settings: {} }] }));
    expect(read).toEqual({ name: 'Brief', settings: plain });
  });

  it.each([
    ['', 'JSON'],
    ['{', 'JSON'],
    ['<!doctype html>', 'JSON'],
    ['null', 'file'],
    ['[]', 'file'],
    ['{}', 'format'],
    [file({ format: 'other' }), 'format'],
    [file({ schema: 'one' }), 'schema'],
    [file({ schema: 0 }), 'schema'],
    [file({ presets: {} }), 'presets'],
    [file({ presets: Array.from({ length: 101 }, () => dante) }), 'presets'],
    [file({ presets: [7] }), 'presets[0]'],
    [file({ presets: [dante, null] }), 'presets[1]'],
    [preset({ name: '' }), 'presets[0].name'],
    [preset({ name: ' \u200b\n ' }), 'presets[0].name'],
    [preset({ name: ['x'] }), 'presets[0].name'],
    [preset({ settings: 'hot' }), 'presets[0].settings'],
    [preset({ settings: { safety: 'evil' } }), 'presets[0].settings.safety'],
    [preset({ settings: { asOf: '2021-02-30' } }), 'presets[0].settings.asOf'],
    [
      preset({ settings: { sampling: { temperature: 1e9 } } }),
      'presets[0].settings.sampling.temperature',
    ],
    [preset({ settings: { sampling: { other: 1 } } }), 'presets[0].settings.sampling.other'],
    [
      preset({ settings: { systemPrompt: 'x'.repeat(20_001) } }),
      'presets[0].settings.systemPrompt',
    ],
    [preset({ settings: { systemPrompt: {} } }), 'presets[0].settings.systemPrompt'],
    [preset({ settings: { today: '2021-05-03' } }), 'presets[0].settings.today'],
    [preset({ settings: { other: 1 } }), 'presets[0].settings.other'],
    [preset({ extra: 1 }), 'presets[0].extra'],
    [
      '{"format":"corral-presets","schema":1,"presets":[{"name":"x","settings":{"__proto__":{"a":1}}}]}',
      'presets[0].settings.__proto__',
    ],
  ])('is refused if it is %.60s', (text, place) => {
    expect(() => readPresetFile(text)).toThrow(
      expect.objectContaining({ code: 'presets-unreadable', data: { place } }),
    );
  });

  it('is refused if a newer Corral wrote it, or if it is far too large', () => {
    expect(() => readPresetFile(file({ schema: 2 }))).toThrow(
      expect.objectContaining({ code: 'presets-newer' }),
    );
    expect(() => readPresetFile(' '.repeat(500_001))).toThrow(
      expect.objectContaining({
        code: 'presets-too-large',
        data: { sizeBytes: 500_001, limitBytes: 500_000 },
      }),
    );
  });
});

describe('presetName', () => {
  it('is one line of sixty characters at most, without control characters', () => {
    expect(presetName('  a\n\u202eb\0c ')).toBe('a b c');
    expect(presetName('x'.repeat(99))).toHaveLength(60);
    expect(presetName('\ud83e')).toBe('\ufffd');
  });
});

describe('isSame', () => {
  it('ignores the order of fields', () => {
    const { pinned, ...others } = dante.settings;
    const sampling = { thoughtTokens: 200, stop: ['\n\n'], temperature: 0.8 };
    expect(isSame(dante.settings, { ...others, sampling, pinned })).toBe(true);
    expect(isSame(dante.settings, { ...dante.settings, pinned: '' })).toBe(false);
  });
});

describe('withImported', () => {
  it('adds new ones under a free name, and overwrites nothing', () => {
    const other = { ...dante, settings: plain };
    const all = withImported([dante], [dante, other, other]);
    expect(all).toEqual([dante, { ...other, name: 'Dante (2)' }, { ...other, name: 'Dante (3)' }]);
  });

  it('keeps long names distinct', () => {
    const long = { name: 'x'.repeat(60), settings: plain };
    const all = withImported([long], [{ ...long, settings: dante.settings }]);
    expect(all[1]?.name).toMatch(/^x+ \(2\)$/);
    expect(all[1]?.name.length).toBeLessThanOrEqual(60);
  });
});

describe('the presets that come with the app', () => {
  it('are valid, and equally many in each language', () => {
    const [english, inItalian] = [readPresets(enLazy.presets), readPresets(itLazy.presets)];
    expect(inItalian).toHaveLength(english.length);
    const names = [...english, ...inItalian].map(({ name }) => name);
    expect(names.filter((name) => name === '')).toEqual([]);
    expect(new Set(english.map(({ name }) => name)).size).toBe(english.length);
  });
});
