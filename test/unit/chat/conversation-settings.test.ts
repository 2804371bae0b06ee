import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsSchema } from '../../../src/core/chat/conversation-settings';
import { Reading } from '../../../src/core/schema';

const readSettings = (value: unknown) => settingsSchema.read(value, new Reading(false));

describe('stored settings', () => {
  it('are read as they were written', () => {
    const settings = {
      pinned: 'Be brief.',
      pinStrength: 'every-turn',
      pinCheck: null,
      safety: 'careful',
      asOf: '2007',
      today: '2026-11-24',
      systemPrompt: 'You are Dante.',
      sampling: { temperature: 0.5, stop: ['\n'] },
      thinking: 'off',
    };
    expect(readSettings(structuredClone(settings))).toEqual(settings);
  });

  it('have defaults for a chat from before they were there', () => {
    expect(readSettings({ pinned: 'p' })).toEqual({ ...defaultSettings, pinned: 'p' });
  });

  it.each([
    ['safety', 'reckless'],
    ['asOf', '2021-02-30'],
    ['today', 'yesterday'],
    ['systemPrompt', 7],
    ['sampling', { temperature: 99 }],
    ['thinking', true],
    ['sampling', [1]],
  ])('have the default for %s that is %j', (name, value) => {
    expect(readSettings({ [name]: value })).toEqual(defaultSettings);
  });

  it('lose only the one that is wrong', () => {
    const sampling = { temperature: 99, topP: 0.5 };
    expect(readSettings({ sampling }).sampling).toEqual({ topP: 0.5 });
  });
});
