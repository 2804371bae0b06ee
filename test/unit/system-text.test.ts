import { describe, expect, it } from 'vitest';
import { type AsOfDate, dateOf } from '../../src/core/prompt/as-of-date';
import { withToday, defaultSettings } from '../../src/core/chat/conversation-settings';
import { builtInModel } from '../../src/core/models/built-in';
import { cria } from '../../src/core/models/cria';
import { llama2Models } from '../../src/core/models/llama-2';
import { promptFrom } from '../../src/core/prompt/prompt-source';
import { instructionsError, promptSource, systemText } from '../../src/core/prompt/model-request';

const llama = llama2Models.sevenF16;
const today = dateOf(2026, 11, 24);
const options = { today, isDated: false };

describe('systemText', () => {
  it('says nothing to Cria, one sentence to the built-in model, and the day to Llama 2 by default', () => {
    expect(systemText(cria, defaultSettings, options)).toBe('');
    expect(systemText(builtInModel, defaultSettings, options)).toBe(
      'You are a helpful AI assistant.',
    );
    expect(systemText(llama, defaultSettings, options)).toBe(
      'You are a helpful, respectful and honest assistant.\nToday is 2026-11-24.',
    );
  });

  it('is Llama 2’s original safety prompt, word for word, in the mode Careful', () => {
    const careful = systemText(cria, { ...defaultSettings, safety: 'careful' }, options);
    // As in Meta's repository, with two spaces after "safe.".
    expect(careful).toBe(
      "You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while being safe.  Your answers should not include any harmful, unethical, racist, sexist, toxic, dangerous, or illegal content. Please ensure that your responses are socially unbiased and positive in nature.\n\nIf a question does not make any sense, or is not factually coherent, explain why instead of answering something not correct. If you don't know the answer to a question, please don't share false information.",
    );
  });

  it('is the mode’s words, then the chat’s own, then the date; the pinned instruction follows in the prompt', () => {
    const settings = {
      ...defaultSettings,
      safety: 'balanced' as const,
      systemPrompt: 'You are a poet.',
      asOf: '2021-05-03' as AsOfDate,
      pinned: 'Be brief.',
    };
    const text = 'You are a helpful AI assistant.\nYou are a poet.\nToday is 2021-05-03.';
    expect(systemText(builtInModel, settings, options)).toBe(text);
    const question = { questionId: 'q', user: 'Hi', assistant: null };
    const prompt = promptFrom(promptSource(builtInModel, settings, [question], today), 0);
    expect(prompt.map((part) => part.text).join('')).toContain(
      `system\n${text}\nBe brief.<|im_end|>`,
    );
  });

  it('leaves out the chat’s date if the question has its own', () => {
    const settings = { ...defaultSettings, asOf: 'today' as const };
    expect(systemText(cria, settings, { today, isDated: false })).toBe('Today is 2026-11-24.');
    expect(systemText(cria, settings, { today, isDated: true })).toBe('');
  });

  it('keeps the day of the first message on the days after it', () => {
    const settings = withToday({ ...defaultSettings, asOf: 'today' }, today);
    const tomorrow = { today: dateOf(2026, 11, 25), isDated: false };
    expect(systemText(cria, settings, tomorrow)).toBe('Today is 2026-11-24.');
    expect(withToday(settings, tomorrow.today)).toBe(settings);
  });
});

describe('instructionsError', () => {
  it('refuses a system prompt that is longer than the window', () => {
    const settings = { ...defaultSettings, systemPrompt: 'word '.repeat(600) };
    expect(instructionsError(cria, settings, today)).toMatchObject({
      code: 'instructions-too-long',
      data: { contextTokens: 512 },
    });
    expect(instructionsError(builtInModel, settings, today)).toBeNull();
  });
});
