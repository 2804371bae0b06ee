import { describe, expect, it } from 'vitest';
import { readCompletionParams } from '../../../src/core/embed/completion-params';
import { builtInModel } from '../../../src/core/models/built-in';
import type { CompletionParams } from '../../../src/protocol/widget';

const read = (params: CompletionParams) => readCompletionParams(params, builtInModel);
const said = (...texts: [role: 'system' | 'user' | 'assistant', content: string][]) =>
  texts.map(([role, content]) => ({ role, content }));

describe('what a site asks', () => {
  it('becomes exchanges, the last of them the question', () => {
    const messages = said(
      ['system', 'Be brief.'],
      ['user', 'One?'],
      ['assistant', '1'],
      ['user', 'Two?'],
    );
    const { exchanges, settings } = read({ messages });
    expect(exchanges.map(({ user, assistant }) => [user, assistant])).toEqual([
      ['One?', '1'],
      ['Two?', null],
    ]);
    expect(settings).toMatchObject({ systemPrompt: 'Be brief.', safety: 'direct', asOf: 'off' });
  });

  it('has the model’s own system text if the site sends none', () => {
    const { settings } = read({ messages: said(['user', 'Hello']) });
    expect(settings.systemPrompt).toBe(builtInModel.systemPrompt);
  });

  it('may say several things in a row', () => {
    const messages = said(['user', 'One?'], ['user', 'And two?']);
    expect(read({ messages }).exchanges[0]?.user).toBe('One?\n\nAnd two?');
  });

  it.each([
    ['nothing', []],
    ['an answer first', said(['assistant', 'Hi'], ['user', 'Hello'])],
    ['an answer last', said(['user', 'Hello'], ['assistant', 'Hi'])],
    ['only white space', said(['user', ' \n '])],
    ['only a system text', said(['system', 'Be brief.'])],
  ])('is refused with %s', (_name, messages) => {
    expect(() => read({ messages })).toThrow(
      expect.objectContaining({ code: 'completion-invalid', data: { field: 'messages' } }),
    );
  });

  it.each([
    ['temperature', { temperature: 2.1 }],
    ['top_p', { topP: 0 }],
    ['top_k', { topK: -1 }],
    ['top_k', { topK: 1.5 }],
    ['min_p', { minP: 1.1 }],
    ['frequency_penalty', { frequencyPenalty: 2.1 }],
    ['presence_penalty', { presencePenalty: -3 }],
    ['max_tokens', { maxTokens: 0 }],
    ['seed', { seed: 1.5 }],
    ['stop', { stop: [''] }],
  ])('is refused with the name of the field that is wrong: %s', (field, wish) => {
    expect(() => read({ messages: said(['user', 'Hello']), ...wish })).toThrow(
      expect.objectContaining({ code: 'completion-invalid', data: { field } }),
    );
  });

  it('accepts parameters that the engines support', () => {
    const { settings } = read({ messages: said(['user', 'x']), maxTokens: 5, stop: ['\n'] });
    expect(settings.sampling).toEqual({ maxAnswerTokens: 5, stop: ['\n'] });
    const others = { topK: 0, minP: 0.1, frequencyPenalty: -1, presencePenalty: 2 };
    expect(read({ messages: said(['user', 'x']), ...others }).settings.sampling).toEqual(others);
  });
});
