// For each family, the prompts of a chat and their ids, written by hand: what the app makes of the family's own
// template, and of MLC's, is the same string, and the same ids in the family's own vocabulary.
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { chatPrompt } from '../../../src/core/prompt/chat-prompt';
import { type PromptFormat, withThinking } from '../../../src/core/prompt/prompt-format';
import type { Prompt } from '../../../src/protocol/engine';
import { mlcFormat } from '../../../workers/download/mlc-format';
import { marksOf, splitInside } from '../../../workers/engines/webllm-tokenizer';
import {
  described,
  families,
  type Family,
  ggufFormatOf,
  metadataOf,
  system,
  turns,
  vocabularyOf,
} from '../../fixtures/families';

type Encode = (part: Prompt[number]) => readonly number[];

function encoder(file: object): (text: string) => readonly number[] {
  const tokenizer = new Tokenizer(file, {});
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
}

/** As llama.cpp: a text part is read without a look for marks. */
function ggufEncode(family: Family): Encode {
  const file = vocabularyOf(family);
  const found = file.added_tokens.filter(({ special }) => !special);
  const [parsed, plain] = [encoder(file), encoder({ ...file, added_tokens: found })];
  return ({ type, text }) => (type === 'control' ? parsed(text) : plain(text));
}

/** As WebLLM, whose tokenizer finds marks in any text: the app cuts them up. */
function mlcEncode(family: Family): Encode {
  const file = vocabularyOf(family);
  const parse = encoder(file);
  return ({ type, text }) =>
    type === 'control'
      ? parse(text)
      : splitInside(text, marksOf(file.added_tokens)).flatMap((piece) => parse(piece));
}

function mlcFormatOf(family: Family): PromptFormat | null {
  const config = described[family.name]!.mlc;
  const tokens = vocabularyOf(family).added_tokens.map(({ id, ...token }) => [id, token]);
  return config ? mlcFormat(config, { added_tokens_decoder: Object.fromEntries(tokens) }) : null;
}

const told = (format: PromptFormat, { name }: Family) =>
  name.endsWith('at once') ? withThinking(format, 'off') : format;

const sources = families.flatMap((family) => {
  const metadata = metadataOf(family);
  const [gguf, mlc] = [metadata && ggufFormatOf(metadata), mlcFormatOf(family)];
  return [
    ...(gguf ? [['GGUF', family, told(gguf, family), ggufEncode(family)] as const] : []),
    ...(mlc ? [['MLC', family, told(mlc, family), mlcEncode(family)] as const] : []),
  ].map((one) => [`${family.name}, ${one[0]}`, ...one.slice(1)] as const);
}) as unknown as readonly (readonly [string, Family, PromptFormat, Encode])[];

describe('a chat with instructions, an answer and a further question', () => {
  const prompts = (format: PromptFormat) =>
    [[{ ...turns[0], assistant: null }], turns].map((exchanges) =>
      chatPrompt(format, { system, exchanges }),
    ) as [Prompt, Prompt];
  const written = (prompt: Prompt) => prompt.map(({ text }) => text).join('');

  it.each(sources)('is written and read as %s has it', (_, family, format, encode) => {
    const [first, second] = prompts(format);
    expect(written(first)).toBe(family.first);
    expect(written(second)).toBe(family.second);
    expect(first.flatMap(encode)).toEqual(family.firstIds);
    expect(second.flatMap(encode)).toEqual(family.secondIds);
  });

  it.each(sources)('has each control token as one id: %s', (_, __, format, encode) => {
    const marks = prompts(format)[1].filter(({ type }) => type === 'control');
    for (const mark of marks) expect(encode(mark)).toHaveLength(1);
  });
});

/** Where it is no mark of each turn: in Llama 2's, each exchange begins with it. */
const onceBegun = new Set([1, 2, 128_000, 151_646]);

it.each(families)('BOS stands once: $name', ({ name, secondIds }) => {
  const [bos = 0] = secondIds;
  const count = secondIds.filter((id) => id === bos).length;
  if (name !== 'Llama 2' && name !== 'SmolLM2' && onceBegun.has(bos)) expect(count).toBe(1);
});

/** What a prompt begins of an answer, and the model's template leaves out of an earlier one. */
const begun: Readonly<Record<string, number>> = {
  'Qwen 3, which is to answer at once': 4,
  'R1 Distill Qwen': 2,
  'R1 Distill Llama': 2,
};

it.each(families)('the next prompt begins with the ids of the last: $name', (family) => {
  const { name, firstIds, secondIds } = family;
  const kept = firstIds.slice(0, firstIds.length - (begun[name] ?? 0));
  expect(secondIds.slice(0, kept.length)).toEqual(kept);
});

it('lines between paragraphs are read as the one token that Gemma has for them', () => {
  for (const family of families.filter(({ name }) => name.startsWith('Gemma'))) {
    const exchanges = [{ user: 'Hi\n\nHi', assistant: null }];
    const paragraphs = family.firstIds.slice(-7, -5);
    for (const [format, encode] of [
      [ggufFormatOf(metadataOf(family)!), ggufEncode(family)],
      [mlcFormatOf(family)!, mlcEncode(family)],
    ] as const) {
      const ids = chatPrompt(format, { system: '', exchanges }).flatMap(encode);
      // In the first prompt they stand between the instructions and the question.
      expect(ids.join()).toContain([paragraphs[1], ...paragraphs].join());
    }
  }
});
