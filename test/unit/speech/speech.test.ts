import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../src/core/markdown/document';
import { chooseVoice, localVoices, regionalTag } from '../../../src/core/speech/choose-voice';
import { withDictated } from '../../../src/stores/speech/dictation.svelte';
import { sentencesOf } from '../../../src/core/speech/speech-text';

const names = { code: 'code', formula: 'formula', link: 'link' };

function said(text: string, isGrowing = false): readonly string[] {
  const blocks = new MarkdownDocument().update(text, isGrowing).groups.flat();
  return sentencesOf(blocks, names, isGrowing).map((sentence) => sentence.text);
}

describe('the text of an answer for reading aloud', () => {
  it.each([
    ['One. Two!  Three?', ['One.', 'Two!', 'Three?']],
    ['# Title\n\nText **bold** and *more*.', ['Title', 'Text bold and more.']],
    ['Ask Dr. Smith and J. Doe. Then go.', ['Ask Dr. Smith and J. Doe.', 'Then go.']],
    ['It is 3.5 km, e.g. here. Yes.', ['It is 3.5 km, e.g. here.', 'Yes.']],
    ['Run:\n\n```js\nlet a = 1;\n```\n\nDone.', ['Run:', 'code', 'Done.']],
    ['Call `the_name` or `a => b`.', ['Call the name or code.']],
    ['So $e^{i\\pi}$ is it.\n\n$$x^2$$', ['So formula is it.', 'formula']],
    ['1. first\n2. second', ['1: first', '2: second']],
    ['| A | B |\n|--|--|\n| 1 | 2 |', ['A, B', '1, 2']],
    ['See https://x.example/a?b=1 or [the page](https://x.example).', ['See link or the page.']],
    ['Well done 🎉!\n\n---\n\n🎉', ['Well done !']],
    ['', []],
  ])('%j', (text, sentences) => {
    expect(said(text)).toEqual(sentences);
  });

  it('is never a long piece', () => {
    const pieces = said(`${'many words, and '.repeat(60)}end.`);
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(250);
    expect(pieces.join(' ')).toBe(`${'many words, and '.repeat(60)}end.`);
  });

  it('waits for the end of a sentence while the answer grows', () => {
    expect(said('First one. Second', true)).toEqual(['First one.']);
    expect(said('First one. Second one.', true)).toEqual(['First one.']);
    expect(said('First one.\n\nSecond', true)).toEqual(['First one.']);
    expect(said('First one. Second one.')).toEqual(['First one.', 'Second one.']);
  });

  it('begins the same while the answer grows', () => {
    const text = 'Hello there. I am *glad*.\n\n- one\n- two\n\nThe end is near. Bye.';
    const whole = said(text);
    for (let end = 1; end < text.length; end++) {
      const part = said(text.slice(0, end), true);
      expect(part).toEqual(whole.slice(0, part.length));
    }
  });
});

describe('the voice', () => {
  const voice = (name: string, lang: string, localService = true, isDefault = false) => ({
    name,
    lang,
    localService,
    default: isDefault,
  });

  it('is one of the device', () => {
    const voices = [voice('cloud', 'en-US', false), voice('device', 'en-GB')];
    expect(localVoices(voices).map(({ name }) => name)).toEqual(['device']);
  });

  it('speaks the language, best as the visitor’s country does', () => {
    const voices = [
      voice('a', 'en-US'),
      voice('b', 'en_GB'),
      voice('c', 'en-AU', true, true),
      voice('d', 'it-IT'),
    ];
    expect(chooseVoice(voices, 'en', ['it', 'en-GB'])?.name).toBe('b');
    expect(chooseVoice(voices, 'en', ['it'])?.name).toBe('c');
    expect(chooseVoice(voices, 'it', [])?.name).toBe('d');
    expect(chooseVoice(voices, 'de', ['de-DE'])).toBeNull();
  });

  it('and dictation use the visitor’s own form of the language', () => {
    expect(regionalTag('it', ['en-US', 'it-CH'])).toBe('it-CH');
    expect(regionalTag('it', ['en-US'])).toBe('it');
  });
});

describe('dictated words', () => {
  it.each([
    ['', ' hello ', 'hello'],
    ['I say', 'hello', 'I say hello'],
    ['I say ', 'hello', 'I say hello'],
    ['I say', ', hello', 'I say, hello'],
    ['I say', ' ', 'I say'],
  ])('%j and %j', (draft, words, whole) => {
    expect(withDictated(draft, words)).toBe(whole);
  });
});
