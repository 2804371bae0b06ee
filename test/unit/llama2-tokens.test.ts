// The token ids of whole conversations, as the engine workers send them. The expected ids were made with
// Hugging Face's `tokenizers` from Llama 2's tokenizer.json, run by run; the package under test is another one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatPrompt } from '../../src/core/prompt/chat-prompt';
import type { TemplateId } from '../../src/core/prompt/prompt-format';
import { estimateTokens } from '../../src/core/prompt/context-window';
import { llama2Tokenizer } from '../../workers/engines/llama2-tokenizer';
import { splitInside } from '../../workers/engines/webllm-tokenizer';

const tokenizer = llama2Tokenizer();
const controlIds: Readonly<Record<string, number>> = { '<s>': 1, '</s>': 2 };

type Exchanges = readonly (readonly [user: string, assistant: string | null])[];

function tokensOf(template: TemplateId, system: string, exchanges: Exchanges): number[] {
  const input = { system, exchanges: exchanges.map(([user, assistant]) => ({ user, assistant })) };
  return chatPrompt(template, input).flatMap(({ type, text }) =>
    type === 'control' ? [controlIds[text]!] : tokenizer.encode(text),
  );
}

const inst = [518, 25580, 29962];
const endInst = [518, 29914, 25580, 29962];

describe('Llama 2’s tokens', () => {
  it.each<[string, string, Exchanges, number[]]>([
    [
      'a question',
      '',
      [['What is the capital of France?', null]],
      [1, 518, 25580, 29962, 1724, 338, 278, 7483, 310, 3444, 29973, 518, 29914, 25580, 29962],
    ],
    [
      'a second turn, with BOS before it and EOS after the answer',
      '',
      [
        ['What is the capital of France?', 'Paris.'],
        ['And of Italy?', null],
      ],
      [
        1,
        ...inst,
        1724,
        338,
        278,
        7483,
        310,
        3444,
        29973,
        ...endInst,
        3681,
        29889,
        29871,
        2,
        1,
        ...inst,
        1126,
        310,
        12730,
        29973,
        ...endInst,
      ],
    ],
    [
      'a system text',
      'Be brief.',
      [['Hi', null]],
      [
        1,
        ...inst,
        3532,
        14816,
        29903,
        6778,
        13,
        3629,
        11473,
        29889,
        13,
        29966,
        829,
        14816,
        29903,
        6778,
        13,
        13,
        18567,
        ...endInst,
      ],
    ],
    [
      'a system text and two turns',
      'Be brief.',
      [
        ['Hi', 'Hello!'],
        ['And of Italy?', null],
      ],
      [
        1,
        ...inst,
        3532,
        14816,
        29903,
        6778,
        13,
        3629,
        11473,
        29889,
        13,
        29966,
        829,
        14816,
        29903,
        6778,
        13,
        13,
        18567,
        ...endInst,
        15043,
        29991,
        29871,
        2,
        1,
        ...inst,
        1126,
        310,
        12730,
        29973,
        ...endInst,
      ],
    ],
    [
      'Italian',
      '',
      [['Ciao, come stai?', null]],
      [1, ...inst, 315, 29653, 29892, 2041, 380, 1794, 29973, ...endInst],
    ],
    ['an emoji, in bytes', '', [['🦙', null]], [1, ...inst, 29871, 243, 162, 169, 156, ...endInst]],
    [
      'digits, one by one',
      '',
      [
        ['12 + 30 =', '42'],
        ['Hi', null],
      ],
      [
        1,
        ...inst,
        29871,
        29896,
        29906,
        718,
        29871,
        29941,
        29900,
        353,
        ...endInst,
        29871,
        29946,
        29906,
        29871,
        2,
        1,
        ...inst,
        6324,
        ...endInst,
      ],
    ],
    [
      'control tokens that were typed, as text',
      '',
      [['a </s><s> b', null]],
      [1, ...inst, 263, 1533, 29879, 5299, 29879, 29958, 289, ...endInst],
    ],
    [
      'role marks that were typed, broken up',
      '',
      [['x [/INST] <<SYS>> y', null]],
      [
        1,
        ...inst,
        921,
        518,
        29914,
        29902,
        30166,
        29940,
        1254,
        29962,
        3532,
        29903,
        30166,
        21554,
        6778,
        343,
        ...endInst,
      ],
    ],
    [
      'lines',
      '',
      [['line one\nline two', null]],
      [1, ...inst, 1196, 697, 13, 1220, 1023, ...endInst],
    ],
    [
      'an answer that the model began with a space of its own',
      '',
      [
        ['Hi', ' Sure!'],
        ['Hi', null],
      ],
      [1, ...inst, 6324, ...endInst, 29871, 18585, 29991, 29871, 2, 1, ...inst, 6324, ...endInst],
    ],
    [
      'text from right to left',
      '',
      [['שלום', null]],
      [1, ...inst, 29871, 30294, 30249, 30205, 30404, ...endInst],
    ],
  ])('of %s', (_, system, exchanges, expected) => {
    expect(tokensOf('llama2', system, exchanges)).toEqual(expected);
  });

  it('of TinyLlama’s format, in the same vocabulary', () => {
    const exchanges: Exchanges = [
      ['Hi', 'Hello.'],
      ['More?', null],
    ];
    expect(tokensOf('zephyr', 'Be brief.', exchanges)).toEqual([
      529, 29989, 5205, 29989, 29958, 13, 3629, 11473, 29889, 2, 29871, 13, 29966, 29989, 1792,
      29989, 29958, 13, 18567, 2, 29871, 13, 29966, 29989, 465, 22137, 29989, 29958, 13, 10994,
      29889, 2, 29871, 13, 29966, 29989, 1792, 29989, 29958, 13, 20761, 29973, 2, 29871, 13, 29966,
      29989, 465, 22137, 29989, 29958, 13,
    ]);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('[INST]', '[/INST]', '<<SYS>>', '</s>', '<s>', ' ', 'a') }),
  );

  it('never hold a control token or a mark that was typed', () => {
    const marks = [inst, endInst, [3532, 14816, 29903, 6778]].map((ids) => ids.join());
    fc.assert(
      fc.property(anyText, (typed) => {
        const tokens = tokensOf('llama2', '', [[`x ${typed} x`, null]]);
        expect(tokens.filter((id) => id < 3)).toEqual([1]);
        const inside = tokens.slice(1 + inst.length, -endInst.length).join();
        for (const mark of marks) expect(inside).not.toContain(mark);
      }),
    );
  });

  it('of a question stay the same when its answer follows, for any texts', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (system, user, assistant) => {
        const question = tokensOf('llama2', system, [[user, null]]);
        const answered = tokensOf('llama2', system, [
          [user, assistant],
          ['x', null],
        ]);
        expect(answered.slice(0, question.length)).toEqual(question);
      }),
    );
  });

  it('of an answer that was stopped between two of them are those that were written', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.nat(), (answer, at) => {
        const written = tokenizer.encode(answer);
        const kept = written.slice(0, 1 + (at % written.length));
        const decoder = tokenizer.decoder();
        const text = kept.map((id) => decoder.add(id)).join('');
        // The space before an answer, with nothing after it, is not an answer yet.
        fc.pre(text !== ' ');
        expect(tokenizer.encode(text.slice(1))).toEqual(kept);
      }),
    );
  });

  it('come back as the text that they were made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const decoder = tokenizer.decoder();
        const back = tokenizer.encode(text).map((id) => decoder.add(id));
        expect(back.join('')).toBe(text === '' ? '' : ` ${text}`);
      }),
    );
  });
});

describe('estimateTokens', () => {
  it('is within a third of the true count for prose', () => {
    const prose =
      'The llama walks up the hill every morning, looks at the boats, and waits for the children. ' +
      'Ogni mattina il lama sale sulla collina, guarda le barche e aspetta i bambini.';
    const ratio = estimateTokens(prose) / tokenizer.encode(prose).length;
    expect(ratio).toBeGreaterThan(0.66);
    expect(ratio).toBeLessThan(1.5);
  });
});

describe('estimateTokens of other scripts', () => {
  it.each([
    ['Italian', 'Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura.'],
    ['Vietnamese', 'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.'],
    ['Russian', 'Все люди рождаются свободными и равными в своём достоинстве и правах.'],
    ['Greek', 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.'],
    ['Arabic', 'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق'],
    ['Hebrew', 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם'],
    ['Hindi', 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता'],
    ['Tamil', 'மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்'],
    ['Thai', 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน'],
    ['Chinese', '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。'],
    [
      'Japanese',
      'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。',
    ],
    ['Korean', '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.'],
    ['short Korean', '안녕하세요 반갑습니다'],
    ['Amharic', 'የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው'],
    ['emoji', '🦙🚀🌍😀'],
    ['numbers', '1234567890 3.14159 2024-11-28'],
    ['code', 'function f(x) {\n  return x.map((y) => y + 1);\n}\n'],
  ])('is within a third of the true count for %s', (_, text) => {
    const ratio = estimateTokens(text) / tokenizer.encode(text).length;
    expect(ratio).toBeGreaterThan(0.66);
    expect(ratio).toBeLessThan(1.5);
  });
});

describe('splitInside', () => {
  it('cuts every control token of another vocabulary in two, and loses nothing', () => {
    const control = ['<|im_start|>', '<|im_end|>', '<|'];
    expect(splitInside('a<|im_end|>b', control)).toEqual(['a<', '|im_end|>b']);
    expect(splitInside('', control)).toEqual(['']);
    const unit = fc.constantFrom('<', '|', 'im_end', 'im_start', '>', '|>', '<|im_end|>');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const pieces = splitInside(text, control);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          for (const token of control) expect(piece).not.toContain(token);
        }
      }),
    );
  });
});
