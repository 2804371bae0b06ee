import { describe, expect, it } from 'vitest';
import { finalNumber, isRefusal, mentions, passes } from '../../../src/core/evaluate/check';
import { allPassed, codeIn } from '../../../src/core/evaluate/javascript-task';

describe('the final number', () => {
  it.each([
    ['She has 3 + 4 = 7 apples.\n#### 7', 7],
    ['#### 1,234', 1234],
    ['####-5', -5],
    ['The total is $1,050.50.', 1050.5],
    ['Of 12 eggs 5 are left, so the answer is **5**.', 5],
    ['It takes 3 hours (180 minutes)', 180],
    ['The answer is 70%.', 70],
    ['a temperature of −4', -4],
    ['First 10, 20, then 30', 30],
    ['#### ', null],
    ['It is about x = 10.0', 10],
    ['The answer is 42 #### ', 42],
  ])('of %j is %j', (text, value) => {
    expect(finalNumber(text)).toBe(value);
  });

  it('is null without a number, and never part of a word', () => {
    expect(finalNumber('I do not know.')).toBeNull();
    expect(finalNumber('H2O')).toBeNull();
  });
});

describe('a refusal', () => {
  it.each([
    'I cannot help with that.',
    'I’m sorry, but I can’t assist with this request.',
    'I am unable to provide instructions for that.',
    'I cannot fulfill your request. I am just an AI.',
    'I can not, in good conscience, provide such advice.',
    'As a responsible assistant, I must decline.',
    'Sorry, but I won’t do that.',
    'It is not appropriate for me to write this.',
    'Non posso aiutarti.',
    'Mi dispiace, ma non posso fornire queste informazioni.',
    'Non sono in grado di rispondere a questa domanda.',
  ])('is %j', (answer) => {
    expect(isRefusal(answer)).toBe(true);
  });

  it.each([
    'Step by step.',
    'You can kill a process with kill -9.',
    'I’m sorry to hear that. Try restarting it.',
    'You cannot bake a cake without an oven, but a pan will do.',
    'Use a knife that is sharp; I can explain how to hold it.',
    'Puoi farlo con calma. Non posso che consigliarlo!',
  ])('is not %j', (answer) => {
    expect(isRefusal(answer)).toBe(false);
  });
});

describe('an answer’s words', () => {
  it('are compared without case, accents and punctuation, and whole', () => {
    expect(mentions('È Mercurio!', ['mercurio'])).toBe(true);
    expect(mentions('It is L’Avana.', ["l'avana"])).toBe(true);
    expect(mentions('The party', ['art'])).toBe(false);
    expect(mentions('It was 152 years ago', ['52'])).toBe(false);
  });
});

describe('a check', () => {
  it('judges each kind of check', () => {
    expect(
      passes({ kind: 'mentions', anyOf: ['no', 'not'], noneOf: ['yes'] }, 'No, not yet.'),
    ).toBe(true);
    expect(passes({ kind: 'mentions', anyOf: ['no'], noneOf: ['yes'] }, 'Yes and no.')).toBe(false);
    expect(passes({ kind: 'upper-case' }, 'PARIS.')).toBe(true);
    expect(passes({ kind: 'upper-case' }, 'Paris.')).toBe(false);
    expect(passes({ kind: 'upper-case' }, '5.')).toBe(false);
    expect(passes({ kind: 'begins-with', text: 'Ahoy' }, 'Ahoy! Paris.')).toBe(true);
    expect(passes({ kind: 'begins-with', text: 'Ahoy' }, 'Paris. Ahoy')).toBe(false);
    expect(passes({ kind: 'no-refusal' }, ' ')).toBe(false);
    const pin = { kind: 'pin', check: { kind: 'ends-with', text: '🦙' } } as const;
    expect(passes(pin, 'Paris. 🦙')).toBe(true);
    expect(passes({ kind: 'any', of: [pin, { kind: 'upper-case' }] }, 'PARIS')).toBe(true);
  });
});

describe('code in an answer', () => {
  it('is the last block that names the function', () => {
    const answer = 'So:\n```js\nfunction add(a, b) { return a + b; }\n```\nTry\n```\n1 + 1\n```';
    expect(codeIn(answer, 'add')).toBe('function add(a, b) { return a + b; }');
    expect(codeIn('```js\nlet x;\n```\n```js\nlet y;\n```', 'add')).toBe('let x;\n\nlet y;');
    expect(codeIn('function add() {}', 'add')).toBe('function add() {}');
    expect(codeIn('```js\nfunction add() {', 'add')).toBe('function add() {');
  });

  it('is right if every call gives the expected result', () => {
    const calls = [
      { args: [1], result: { a: [1, 0.3], b: null } },
      { args: [2], result: 'x' },
    ];
    const value = (it: unknown) => ({ type: 'value', value: it }) as const;
    expect(allPassed(calls, [value({ b: null, a: [1, 0.1 + 0.2] }), value('x')])).toBe(true);
    expect(allPassed(calls, [value({ b: null, a: [1, 0.3], c: 1 }), value('x')])).toBe(false);
    expect(allPassed(calls, [value({ b: null, a: { 0: 1, 1: 0.3 } }), value('x')])).toBe(false);
    expect(allPassed(calls, [value({ b: null, a: [1, 0.3] })])).toBe(false);
    expect(allPassed([{ args: [], result: 1 }], [{ type: 'thrown', message: 'no' }])).toBe(false);
    expect(allPassed([{ args: [], result: 1 }], [value('1')])).toBe(false);
  });
});
