import { describe, expect, it } from 'vitest';
import type { Voice } from '../../../src/core/speech/choose-voice';
import type { Transcript, LocalAvailability } from '../../../src/bridge/local-recognition';
import { Dictation } from '../../../src/stores/speech/dictation.svelte';
import { ReadAloud } from '../../../src/stores/speech/read-aloud.svelte';

const voice = (name: string, lang: string, localService = true): Voice => ({
  name,
  lang,
  localService,
  default: false,
});

function reader(voices: readonly Voice[]) {
  const said: string[] = [];
  let end = () => {};
  const aloud = new ReadAloud({
    platform: {
      voices: async () => voices,
      speak: (text, { name }, rate, signal) => {
        said.push(`${name} ${rate}: ${text}`);
        return new Promise((resolve) => {
          end = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      },
    },
    rates: { load: () => 2, save: () => {} },
    names: { code: 'code', formula: 'formula', link: 'link' },
    language: 'en',
    languages: ['en-GB'],
  });
  return { aloud, said, endSentence: () => end() };
}

describe('reading aloud', () => {
  it('says each sentence once it has ended, until the answer ends', async () => {
    const { aloud, said, endSentence } = reader([voice('one', 'en-GB')]);
    const source = { text: 'First. Sec', isGrowing: true };
    void aloud.read('a', () => source);
    await expect.poll(() => said).toEqual(['one 2: First.']);
    endSentence();
    source.text = 'First. Second.';
    source.isGrowing = false;
    await expect.poll(() => said).toEqual(['one 2: First.', 'one 2: Second.']);
    expect(aloud.reading).toBe('a');
    endSentence();
    await expect.poll(() => aloud.reading).toBeNull();
    expect(aloud.problem).toBeNull();
  });

  it('stops, also for another answer', async () => {
    const { aloud, said } = reader([voice('one', 'en-GB')]);
    void aloud.read('a', () => ({ text: 'One. Two.', isGrowing: false }));
    await expect.poll(() => said).toHaveLength(1);
    void aloud.read('b', () => ({ text: 'Three. Four.', isGrowing: false }));
    await expect.poll(() => said).toEqual(['one 2: One.', 'one 2: Three.']);
    expect(aloud.reading).toBe('b');
    aloud.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said).toHaveLength(2);
    expect(aloud.reading).toBeNull();
  });

  it('gives no text to a voice of a service', async () => {
    const { aloud, said } = reader([voice('cloud', 'en-GB', false)]);
    await aloud.read('a', () => ({ text: 'One.', isGrowing: false }));
    expect(aloud.problem).toEqual({ key: 'a', reason: 'no-voices' });
    expect(said).toEqual([]);
  });

  it('says which language no voice speaks', async () => {
    const { aloud } = reader([voice('one', 'en-GB')]);
    const text = 'Il fiume è lungo, ma non è la cosa più bella della città.';
    await aloud.read('a', () => ({ text, isGrowing: false }));
    expect(aloud.problem).toMatchObject({ reason: 'no-voice-of-language', language: 'it' });
  });
});

function dictation(availability: LocalAvailability, error?: string) {
  const field = { draft: 'Dear' };
  let recognise: (transcript: Transcript) => void = () => {};
  const dictation = new Dictation({
    field,
    lang: 'en-GB',
    platform: {
      localAvailability: async () => availability,
      installLocally: async () => true,
      listen: (_lang, onTranscript, signal) =>
        new Promise((resolve, reject) => {
          recognise = onTranscript;
          if (error !== undefined) reject(new Error(error));
          signal.addEventListener('abort', () => resolve());
        }),
    },
  });
  return { dictation, field, recognise: (transcript: Transcript) => recognise(transcript) };
}

describe('dictation', () => {
  it('writes the transcript into the field, until it is stopped', async () => {
    const { dictation: one, field, recognise } = dictation('available');
    void one.toggle();
    await expect.poll(() => one.state.phase).toBe('listening');
    recognise({ final: '', interim: 'al' });
    expect(one.state).toEqual({ phase: 'listening', interim: 'al' });
    recognise({ final: 'all ', interim: '' });
    expect(field.draft).toBe('Dear all');
    void one.toggle();
    await expect.poll(() => one.state.phase).toBe('idle');
  });

  it('lets the browser fetch a language only on request', async () => {
    const { dictation: one } = dictation('downloadable');
    await one.toggle();
    expect(one.state.phase).toBe('install-needed');
    void one.install();
    await expect.poll(() => one.state.phase).toBe('listening');
  });

  it.each([
    ['unsupported', undefined, 'unsupported'],
    ['unavailable', undefined, 'language'],
    ['available', 'not-allowed', 'microphone'],
    ['available', 'network', 'recognition-failed'],
  ] as const)('%s, %s: %s', async (availability, error, reason) => {
    const { dictation: one } = dictation(availability, error);
    await one.toggle();
    expect(one.state).toEqual({ phase: 'refused', reason });
  });
});
