import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/core/prompt/language';
import {
  pinCheckFrom,
  pinCheckKinds,
  pinCheckValue,
  readPinCheck,
} from '../../../src/core/prompt/pin-check';
import { judge } from '../../../src/core/prompt/pin-verdict';

describe('judge', () => {
  it.each([
    ['Paris. 🦙', 'followed'],
    ['Bravo ❤', 'followed'],
    ['🇮🇹', 'followed'],
    ['Paris.', 'broken'],
    ['Acme™ 2 # © 1', 'broken'],
  ] as const)('finds an emoji in %j: %s', (answer, verdict) =>
    expect(judge({ kind: 'emoji' }, answer)).toBe(verdict),
  );

  it('counts words and characters as people do', () => {
    expect(judge({ kind: 'max-words', count: 3 }, ' one  two\nthree ')).toBe('followed');
    expect(judge({ kind: 'max-words', count: 2 }, 'one two three')).toBe('broken');
    expect(judge({ kind: 'max-characters', count: 2 }, '🦙🦙')).toBe('followed');
    expect(judge({ kind: 'max-characters', count: 1 }, '🦙🦙')).toBe('broken');
  });

  it('looks at the end of an answer without the space behind it', () => {
    expect(judge({ kind: 'ends-with', text: '🦙' }, 'Paris. 🦙\n')).toBe('followed');
    expect(judge({ kind: 'ends-with', text: '🦙' }, '🦙 Paris.')).toBe('broken');
  });

  it('does not guess the language of a name', () => {
    const inItalian = { kind: 'language', language: 'it' } as const;
    expect(judge(inItalian, 'Parigi.')).toBe('unclear');
    expect(judge(inItalian, 'La capitale della Francia è Parigi, e non è una città piccola.')).toBe(
      'followed',
    );
    expect(judge(inItalian, 'The capital of France is Paris, and it is large.')).toBe('broken');
  });
});

describe('detectLanguage', () => {
  it.each([
    ['en', 'Gravity is the force that pulls things towards the ground when you drop them.'],
    ['en', 'I can help you with that. What would you like to know?'],
    ['it', 'La gravità è la forza che attira le cose verso il basso quando le lasci cadere.'],
    ['it', 'Mi chiamo Dante, e nel mezzo del cammino mi sono perso.'],
    ['fr', 'La gravité est la force qui attire les objets vers le sol quand on les lâche.'],
    ['de', 'Die Schwerkraft ist die Kraft, die alle Dinge auf den Boden zieht.'],
    ['es', 'La gravedad es la fuerza que atrae las cosas hacia el suelo cuando se caen.'],
    ['pt', 'A gravidade é a força que puxa as coisas para o chão quando você as solta.'],
    [null, 'Paris.'],
    [null, '12 + 30 = 42'],
    [null, 'Привет, как дела?'],
    [null, ''],
  ])('%s: %s', (language, text) => expect(detectLanguage(text)).toBe(language));
});

describe('pinCheckFrom', () => {
  it('accepts only what can be checked', () => {
    expect(pinCheckFrom('max-words', ' 12 ')).toEqual({ kind: 'max-words', count: 12 });
    expect(pinCheckFrom('max-words', '0')).toBeNull();
    expect(pinCheckFrom('max-characters', '1.5')).toBeNull();
    expect(pinCheckFrom('language', 'tlh')).toBeNull();
    expect(pinCheckFrom('ends-with', ' ')).toBeNull();
    expect(pinCheckFrom('pattern', '^[A-Z .]+$')).toEqual({
      kind: 'pattern',
      source: '^[A-Z .]+$',
    });
    expect(pinCheckFrom('pattern', '(')).toBeNull();
    expect(pinCheckFrom('pattern', 'x'.repeat(201))).toBeNull();
  });

  it('makes the same check again from its value', () => {
    for (const kind of pinCheckKinds) {
      const check = pinCheckFrom(kind, kind === 'language' ? 'it' : '7');
      expect(pinCheckFrom(kind, pinCheckValue(check))).toEqual(check);
      expect(readPinCheck(check)).toEqual(check);
    }
  });
});

describe('readPinCheck', () => {
  it.each([null, 'emoji', {}, { kind: 'eval' }, { kind: 'pattern', source: '(' }])(
    'takes %j for no check',
    (value) => expect(readPinCheck(value)).toBeNull(),
  );
});
