// Restricting an answer to JSON: the parser of a growing object, and the choice among tokens.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerateParams } from '../../src/protocol/engine';
import { Generation, type TokenModel } from '../../workers/engines/generation';
import { pick } from '../../workers/engines/json-sampling';
import { JsonText } from '../../workers/engines/json-text';
import { llama2Tokenizer } from '../../workers/engines/llama2-tokenizer';

const utf8 = (text: string) => new TextEncoder().encode(text);

function accepts(text: string): boolean {
  const json = new JsonText();
  return [...text].every((char) => {
    const isTaken = json.accepts(utf8(char));
    if (isTaken) json.add(utf8(char));
    return isTaken;
  });
}
const isWhole = (text: string) => {
  const json = new JsonText();
  json.add(utf8(text));
  return json.isWhole;
};

describe('JsonText', () => {
  it('accepts the output of JSON.stringify for any object, and is complete exactly at its end', () => {
    const value = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, 2), (object, indent) => {
        const text = JSON.stringify(object, null, indent).replaceAll(/-?\d[\d.eE+-]{19,}/g, '1');
        expect(accepts(text)).toBe(true);
        expect(isWhole(text)).toBe(true);
        expect(isWhole(text.slice(0, -1))).toBe(false);
      }),
    );
  });

  it('is never complete with text that JSON.parse refuses', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'u',
      '0',
      '1',
      '-',
      '.',
      'e',
      'E',
      '+',
    ];
    const others = ['true', 'false', 'null', ' ', '\n', '\t', 'a', '"a":', 'é', '\u0001', 'd8'];
    const texts = fc.array(fc.constantFrom(...pieces, ...others), { maxLength: 60 });
    fc.assert(
      fc.property(texts, (tried) => {
        const json = new JsonText();
        let text = '';
        for (const piece of tried) {
          if (json.isWhole || !json.accepts(utf8(piece))) continue;
          json.add(utf8(piece));
          text += piece;
        }
        // Every partial object can be completed.
        const endings = ['}', ']', '"', ':', '0', '0000', '000', '00', 'n', 'rue', 'ue', 'e'];
        const more = ['alse', 'lse', 'se', 'ull', 'll', 'l', '{'];
        for (let count = 0; !json.isWhole && count < 200; count += 1) {
          const isInString = json.accepts(utf8('é'));
          const end = isInString
            ? '"'
            : [...endings, ...more].find((one) => json.accepts(utf8(one)));
          expect(end, text).toBeDefined();
          json.add(utf8(end!));
          text += end;
        }
        expect(JSON.parse(text)).toBeTypeOf('object');
      }),
    );
  });

  it.each(['[', '"', '1', 'x', '{,', '{"a" 1', '{"a":01', '{"a":1.}', '{"a":tru}', '{"a":1,}'])(
    'does not take %s',
    (text) => expect(accepts(text)).toBe(false),
  );
  it.each(['{"a":"\n', '{"a":"\\x', '{"a":"\\u12g', "{'", '{"a":[1}', '{} x', '{}{'])(
    'nor %j',
    (text) => expect(accepts(text)).toBe(false),
  );

  it('limits whitespace, digits and depth, which could grow for ever', () => {
    expect(accepts('{ "a" : 1 }\n')).toBe(true);
    expect(accepts('{  ')).toBe(false);
    expect(accepts(' {}')).toBe(true);
    expect(accepts('\n ')).toBe(false);
    expect(accepts(`{\n${' '.repeat(20)}"`)).toBe(true);
    expect(accepts(`{\n${' '.repeat(21)}`)).toBe(false);
    expect(accepts('{\n\n')).toBe(false);
    expect(accepts(`{"a":${'1'.repeat(20)}`)).toBe(true);
    expect(accepts(`{"a":${'1'.repeat(21)}`)).toBe(false);
    expect(accepts(`{"a":${'['.repeat(31)}`)).toBe(true);
    expect(accepts(`{"a":${'['.repeat(32)}`)).toBe(false);
  });
});

describe('pick', () => {
  const candidates = [
    { token: 1, p: 0.6 },
    { token: 2, p: 0.3 },
    { token: 3, p: 0.1 },
  ];
  it('takes the likeliest token if greedy, and a random one inside the nucleus otherwise', () => {
    const last = () => 0.999_999;
    expect(pick(candidates, { temperature: 0, topP: 1 }, last)).toBe(1);
    expect(pick(candidates, { temperature: 1, topP: 1 }, last)).toBe(3);
    expect(pick(candidates, { temperature: 1, topP: 0.8 }, last)).toBe(2);
    expect(pick(candidates, { temperature: 1, topP: 0.05 }, last)).toBe(1);
    expect(pick(candidates, { temperature: 1, topP: 1 }, () => 0)).toBe(1);
    expect(pick([{ token: 9, p: 0 }], { temperature: 1, topP: 1 }, last)).toBe(9);
  });
});

/**
 * A model that writes `wish`, a token for each byte, and then ends; after a foreign byte it continues its own
 * text.
 */
function wishing(wish: string, { knowsTokens = true } = {}): TokenModel {
  const bytes = new TextEncoder().encode(wish);
  const vocabulary = Array.from({ length: 257 }, (_, id) =>
    Uint8Array.of(...(id < 256 ? [id] : [])),
  );
  const said: number[] = [];
  return {
    contextTokens: 1000,
    prefillStepTokens: 16,
    rewind: () => Promise.resolve(),
    prefill: () => Promise.resolve(),
    startSampling: () => Promise.resolve(),
    sample: () => {
      const token = bytes[said.length];
      return Promise.resolve(token === undefined ? null : { token, text: 'not this one' });
    },
    accept: (token) => Promise.resolve(void said.push(token)),
    choiceProbabilities: () => Promise.resolve([]),
    json: knowsTokens
      ? {
          vocabulary: () => Promise.resolve(vocabulary),
          likeliest: (count) => {
            const order = [256, 33, ...new TextEncoder().encode('}"{:')];
            const rest = vocabulary.map((_, token) => token).filter((one) => !order.includes(one));
            const all = [...order, ...rest].map((token, at) => ({ token, p: 1 / (at + 1) }));
            return Promise.resolve(all.slice(0, count));
          },
        }
      : null,
  };
}

async function answer(model: TokenModel, more: Partial<GenerateParams> = {}) {
  const params = { maxTokens: 60, temperature: 0, topP: 1, repeatPenalty: 1, ...more };
  const stream = new Generation(model).answer(
    [1],
    { responseFormat: 'json', ...params },
    new AbortController().signal,
  );
  let text = '';
  for await (const event of stream) {
    if (event.type === 'token') text += event.text;
    if (event.type === 'end') return { text, finish: event.finish };
  }
  throw new Error('no end');
}

describe('an answer restricted to JSON', () => {
  it('is the model’s own text if that is an object, and ends with it', async () => {
    const wish = '{"città": "Roma 🦙"}';
    expect(await answer(wishing(`${wish} and more`))).toEqual({ text: wish, finish: 'stop' });
  });

  it('continues a partial object', async () => {
    const rest = await answer(wishing('ma 🦙"} and more'), { partial: '{"città": "Ro' });
    expect(rest).toEqual({ text: 'ma 🦙"}', finish: 'stop' });
  });

  it('samples the most likely token that fits if the model’s choice does not', async () => {
    // For S, the likeliest valid token is {; for u it is }, which ends the object.
    expect(await answer(wishing('Sure!'))).toEqual({ text: '{}', finish: 'stop' });
    // The model ends the answer too early.
    expect(await answer(wishing('{"a": 1'))).toEqual({ text: '{"a": 1}', finish: 'stop' });
  });

  it('reports that its limit has cut it', async () => {
    const { text, finish } = await answer(wishing('{"a": "long"}'), { maxTokens: 5 });
    expect({ text, finish }).toEqual({ text: '{"a":', finish: 'length' });
  });

  it('is not partial with a model whose tokens are not known', async () => {
    await expect(answer(wishing('{}', { knowsTokens: false }))).rejects.toMatchObject({
      code: 'engine-failed',
    });
  });
});

describe('Llama 2’s vocabulary', () => {
  it('reports the bytes of each token, from which an object can be parsed', () => {
    const { vocabulary: read, encode } = llama2Tokenizer();
    const vocabulary = read!();
    const text = '{"llama": ["🦙\\n", 12.5, {"wool": true}], "città": null}';
    const pieces = encode(text).map((token) => vocabulary[token]!);
    // SentencePiece puts a space before the text.
    const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
    expect(new TextDecoder().decode(bytes)).toBe(` ${text}`);
    const json = new JsonText();
    for (const piece of pieces) {
      expect(json.isWhole).toBe(false);
      json.add(piece);
    }
    expect(json.isWhole).toBe(true);
    // Control tokens have no bytes.
    expect(vocabulary.slice(0, 4).map(({ length }) => length)).toEqual([0, 0, 0, 1]);
  });
});
