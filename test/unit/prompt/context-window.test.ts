import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CountPart,
  estimatePart,
  estimateTokens,
  planWindow,
  windowSize,
} from '../../../src/core/prompt/context-window';
import type { Exchange } from '../../../src/core/chat/conversation';
import { promptFrom, type PromptSource } from '../../../src/core/prompt/prompt-source';
import type { Prompt } from '../../../src/protocol/engine';

/** One token for each character, so that lengths are easy to see. */
const count: CountPart = ({ type, text }) => (type === 'control' ? 1 : text.length);
const tokensOf = (prompt: Prompt) => prompt.reduce((sum, part) => sum + count(part), 0);
const asText = (prompt: Prompt) => prompt.map(({ text }) => text).join('');

/** Questions and answers are recognised by their number. */
const exchangesOf = (lengths: readonly (readonly [number, number])[]): Exchange[] =>
  lengths.map(([user, assistant], index) => ({
    questionId: `${index}`,
    user: `q${index}.${'x'.repeat(user)}`,
    assistant: index === lengths.length - 1 ? null : `a${index}.${'y'.repeat(assistant)}`,
  }));

const source = (
  exchanges: readonly Exchange[],
  rest: Partial<PromptSource> = {},
): PromptSource => ({
  template: 'chatml',
  system: 'SYSTEM',
  pin: { text: 'PINNED', strength: 'system' },
  exchanges,
  ...rest,
});

const even = (turns: number) => exchangesOf(Array.from({ length: turns }, () => [20, 20] as const));

describe('an overfull window', () => {
  const size = windowSize(400, 100);
  const faultOf = (rest: Partial<PromptSource>, user: number, partial?: number) => {
    const [exchange] = exchangesOf([[user, 0]]);
    const asked = {
      ...exchange!,
      ...(partial === undefined ? {} : { partial: 'b'.repeat(partial) }),
    };
    return planWindow(source([asked], rest), size, count).fault;
  };

  it('names the cause: the message, the answer so far, or the instructions', () => {
    expect(faultOf({}, 20)).toBeNull();
    expect(faultOf({}, 20, 200)).toBeNull();
    expect(faultOf({}, 20, 400)).toBe('answer-too-long');
    expect(faultOf({}, 400)).toBe('message-too-long');
    expect(faultOf({}, 400, 400)).toBe('message-too-long');
    expect(faultOf({ system: 's'.repeat(400) }, 20)).toBe('instructions-too-long');
    expect(faultOf({ system: 's'.repeat(400) }, 20, 400)).toBe('instructions-too-long');
  });
});

describe('planWindow', () => {
  it('shows everything that fits', () => {
    const plan = planWindow(source(even(5)), windowSize(2000, 100), count);
    expect(plan).toMatchObject({ first: 0, fault: null, contextTokens: 2000, reserveTokens: 100 });
    expect(plan.promptTokens).toBe(tokensOf(plan.prompt));
  });

  it('drops whole exchanges, oldest first, down to half of the room beside the instructions', () => {
    const size = windowSize(1000, 100);
    const firsts = Array.from({ length: 30 }, (_, index) => {
      const plan = planWindow(source(even(index + 1)), size, count);
      expect(plan.promptTokens).toBeLessThanOrEqual(900);
      return plan.first;
    });
    const trims = firsts.filter((first, index) => first !== (firsts[index - 1] ?? 0));
    // An exchange takes about 75 tokens, and half of the room is 430.
    expect(trims.length).toBe(3);
    for (const [index, first] of trims.entries()) {
      expect(first - (trims[index - 1] ?? 0)).toBeGreaterThanOrEqual(5);
    }
  });

  it('lists the parts of the prompt', () => {
    const plan = planWindow(source(even(3)), windowSize(2000, 100), count);
    expect(plan.systemTokens).toBe(
      '<|im_start|>system\n<|im_end|>\n'.length - 22 + 2 + 'SYSTEM'.length,
    );
    expect(plan.pinTokens).toBe('\nPINNED'.length);
  });

  it('counts a pinned instruction that goes with every message each time', () => {
    const pin = { text: 'PINNED', strength: 'every-turn' } as const;
    const plan = planWindow(source(even(3), { pin }), windowSize(2000, 100), count);
    expect(plan.pinTokens).toBe(3 * 'PINNED\n'.length);
    expect(asText(plan.prompt).match(/PINNED\nq\d/g)).toHaveLength(3);
  });

  it('distinguishes a message that is too long from instructions that are', () => {
    const size = windowSize(300, 100);
    const long = source(exchangesOf([[400, 0]]));
    expect(planWindow(long, size, count).fault).toBe('message-too-long');
    const instructed = source(exchangesOf([[4, 0]]), { system: 'S'.repeat(400) });
    expect(planWindow(instructed, size, count).fault).toBe('instructions-too-long');
  });

  it('includes the latest summary of what it leaves out, and drops it before the question', () => {
    const size = windowSize(1000, 100);
    const bare = planWindow(source(even(16)), size, count);
    const summary = 'SUMMARY';
    const exchanges = even(16).with(bare.first, { ...even(16)[bare.first]!, summary });
    const plan = planWindow(source(exchanges), size, count);
    expect(plan.first).toBe(bare.first);
    expect(asText(plan.prompt)).toContain('Summary of the conversation so far: SUMMARY\nPINNED');
    const all = planWindow(source(exchanges), windowSize(100_000, 100), count);
    expect(asText(all.prompt)).not.toContain('SUMMARY');
    const long = exchanges.with(15, { ...exchanges[15]!, user: `q15.${'x'.repeat(835)}` });
    const tight = planWindow(source(long), size, count);
    expect(tight.fault).toBeNull();
    expect(asText(tight.prompt)).not.toContain('SUMMARY');
  });

  it('allows a single question three quarters of the answer’s reserve', () => {
    const size = windowSize(1000, 400);
    const alone = (length: number) => planWindow(source(exchangesOf([[length, 0]])), size, count);
    expect(alone(500).reserveTokens).toBe(400);
    expect(alone(800)).toMatchObject({
      fault: null,
      reserveTokens: 1000 - alone(800).promptTokens,
    });
    expect(alone(860).fault).toBe('message-too-long');
  });

  it('repeats the instruction with the question alone when it is to remind', () => {
    const plan = planWindow(source(even(3), { remind: true }), windowSize(2000, 100), count);
    expect(asText(plan.prompt).match(/PINNED\nq\d/g)).toEqual(['PINNED\nq2']);
  });
});

const anySource = fc
  .record({
    template: fc.constantFrom('chatml', 'llama2', 'zephyr'),
    systemLength: fc.nat(60),
    pinLength: fc.nat(60),
    strength: fc.constantFrom('system', 'every-turn'),
    lengths: fc.array(fc.tuple(fc.nat(160), fc.nat(120)), { minLength: 1, maxLength: 40 }),
  })
  .map(({ systemLength, pinLength, lengths, template, strength }) =>
    source(exchangesOf(lengths), {
      template: template as PromptSource['template'],
      system: `S${'s'.repeat(systemLength)}E`,
      pin: { text: `P${'p'.repeat(pinLength)}E`, strength: strength as 'system' },
    }),
  );
const anySize = fc
  .tuple(fc.integer({ min: 500, max: 3000 }), fc.integer({ min: 10, max: 300 }))
  .map(([contextTokens, answerTokens]) => windowSize(contextTokens, answerTokens));

describe('over random conversations', () => {
  it('a prompt is never over budget, has the instructions and the question, and keeps the order', () => {
    fc.assert(
      fc.property(anySource, anySize, (any, size) => {
        const plan = planWindow(any, size, count);
        const text = asText(plan.prompt);
        expect(plan.promptTokens).toBe(tokensOf(plan.prompt));
        expect(plan.systemTokens + plan.pinTokens + plan.historyTokens).toBe(plan.promptTokens);
        if (plan.fault === null) {
          expect(plan.promptTokens + plan.reserveTokens).toBeLessThanOrEqual(size.contextTokens);
          const isAlone = plan.first === any.exchanges.length - 1;
          const least = isAlone ? size.minAnswerTokens : size.reserveTokens;
          expect(plan.reserveTokens).toBeGreaterThanOrEqual(least);
        } else {
          expect(plan.first).toBe(any.exchanges.length - 1);
        }
        expect(text).toContain(any.system);
        expect(text).toContain(any.pin.text);
        const seen = [...text.matchAll(/[qa]\d+\./g)].map(([name]) => name);
        const whole = any.exchanges.flatMap((_, index) => [`q${index}.`, `a${index}.`]);
        expect(seen).toEqual(whole.slice(2 * plan.first, -1));
      }),
      { numRuns: 500 },
    );
  });

  it('a turn that drops nothing begins with the prompt before it, answer included', () => {
    fc.assert(
      fc.property(anySource, anySize, (any, size) => {
        const at = (turns: number) => turn(any, turns, size);
        for (let turns = 2; turns <= any.exchanges.length; turns += 1) {
          if (at(turns).first !== at(turns - 1).first) continue;
          expect(asText(at(turns).prompt).startsWith(asText(at(turns - 1).prompt))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('there is at most one full prefill for each half window of growth', () => {
    let trimmed = 0;
    fc.assert(
      fc.property(anySource, anySize, (any, size) => {
        const { sound, instructions, growths } = grownBy(any, size);
        const half = (size.contextTokens - size.reserveTokens - instructions) / 2;
        let fullPrefills = 0;
        let grown = 0;
        let first = 0;
        for (let turns = 1; turns <= sound.exchanges.length; turns += 1) {
          const plan = turn(sound, turns, size);
          grown += growths[turns - 1]!;
          if (plan.first !== first) fullPrefills += 1;
          first = plan.first;
          expect(fullPrefills).toBeLessThanOrEqual(Math.floor(grown / half));
        }
        trimmed += fullPrefills;
      }),
      { numRuns: 300 },
    );
    expect(trimmed).toBeGreaterThan(100); // otherwise nothing is proved
  });

  it('exchanges stay dropped, on every branch that continues from there', () => {
    fc.assert(
      fc.property(anySource, anySize, fc.nat(160), (any, size, length) => {
        const last = any.exchanges.length - 1;
        const other = { ...any.exchanges[last]!, user: `other.${'x'.repeat(length)}` };
        const branch = { ...any, exchanges: any.exchanges.with(last, other) };
        const before = last === 0 ? 0 : turn(any, last, size).first;
        expect(planWindow(branch, size, count).first).toBeGreaterThanOrEqual(before);
        expect(planWindow(any, size, count).first).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

/** The plan for that turn of the conversation, before its answer is written. */
function turn(any: PromptSource, turns: number, size: ReturnType<typeof windowSize>) {
  return planWindow({ ...any, exchanges: upTo(any.exchanges, turns) }, size, count);
}

const upTo = (exchanges: readonly Exchange[], turns: number): Exchange[] =>
  exchanges
    .slice(0, turns)
    .map((exchange, index) => (index === turns - 1 ? { ...exchange, assistant: null } : exchange));

/** Without the messages that would be refused; with the growth by each of the others. */
function grownBy(any: PromptSource, size: ReturnType<typeof windowSize>) {
  const alone = (exchange: Exchange) => ({ ...any, exchanges: [{ ...exchange, assistant: null }] });
  const exchanges = any.exchanges.filter(
    (exchange) => planWindow(alone(exchange), size, count).fault === null,
  );
  const sound = { ...any, exchanges };
  const lengths = exchanges.map((_, index) =>
    tokensOf(promptFrom({ ...any, exchanges: upTo(exchanges, index + 1) }, 0)),
  );
  const empty = { questionId: '', user: '', assistant: null };
  const instructions = tokensOf(promptFrom({ ...any, exchanges: [empty] }, 0));
  return {
    sound,
    instructions,
    growths: lengths.map((length, index) => length - (lengths[index - 1] ?? instructions)),
  };
}

describe('windowSize', () => {
  it('keeps no more than half of a small window for the answer', () => {
    expect(windowSize(512, 400)).toEqual({
      contextTokens: 512,
      reserveTokens: 256,
      minAnswerTokens: 64,
    });
    expect(windowSize(4096, 400)).toMatchObject({ contextTokens: 4096, reserveTokens: 400 });
  });
});

describe('estimates', () => {
  it('count emoji by about their bytes, which are tokens', () => {
    expect(estimateTokens('🦙'.repeat(100))).toBe(400);
  });

  it('of an empty text is 0, and of a control token 1', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimatePart({ type: 'control', text: '<|im_start|>' })).toBe(1);
  });
});
