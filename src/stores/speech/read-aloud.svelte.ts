/** Reads an answer aloud, sentence by sentence while it grows, with voices of the device only. */
import { MarkdownDocument } from '../../core/markdown/document';
import type { Block } from '../../core/markdown/nodes';
import { detectLanguage } from '../../core/prompt/language';
import { chooseVoice, localVoices, type Voice } from '../../core/speech/choose-voice';
import type { SpeechRate } from '../../core/speech/speech-rate';
import { type Sentence, sentencesOf, type SpokenNames } from '../../core/speech/speech-text';

/** The browser's speech. */
export interface SpeechPlatform<V extends Voice> {
  /** All voices, also those that send the text to a service. */
  voices(): Promise<readonly V[]>;
  /** Resolves at the end of the text, or after an abort. Rejects if it could not be spoken. */
  speak(text: string, voice: V, rate: number, signal: AbortSignal): Promise<void>;
}

export interface ReadAloudOptions<V extends Voice> {
  readonly platform: SpeechPlatform<V>;
  /** The stored speed. */
  readonly rates: { load(): SpeechRate; save(rate: SpeechRate): void };
  readonly names: SpokenNames;
  /** The language of the interface, for an answer whose language is not detected. */
  readonly language: string;
  /** The visitor's languages. */
  readonly languages: readonly string[];
}

export interface SpokenSource {
  readonly text: string;
  readonly isGrowing: boolean;
}

export type SpeechProblem =
  | { readonly reason: 'no-voices' | 'speech-failed' }
  | { readonly reason: 'no-voice-of-language'; readonly language: string };

/** How often a growing answer is looked at. */
const pauseMs = 150;

export class ReadAloud<V extends Voice = Voice> {
  /** The answer that is read, and the reason why the last one was not, each with the key given to `read`. */
  reading = $state.raw<string | null>(null);
  problem = $state.raw<(SpeechProblem & { readonly key: string }) | null>(null);

  rate = $state.raw<SpeechRate>(1);

  readonly #options: ReadAloudOptions<V>;
  #controller = new AbortController();

  constructor(options: ReadAloudOptions<V>) {
    this.#options = options;
    this.rate = options.rates.load();
  }

  /** The speed from the next sentence on. */
  setRate(rate: SpeechRate): void {
    this.rate = rate;
    this.#options.rates.save(rate);
  }

  /** Ends what is read now. Never rejects: see `problem`. */
  async read(key: string, source: () => SpokenSource): Promise<void> {
    this.stop();
    const { signal } = (this.#controller = new AbortController());
    this.reading = key;
    this.problem = null;
    const problem = await this.#read(source, signal).catch((cause: unknown) => {
      console.warn(cause);
      return { reason: 'speech-failed' } as const;
    });
    if (signal.aborted) return;
    this.reading = null;
    this.problem = problem && { ...problem, key };
  }

  stop(): void {
    this.#controller.abort();
    this.reading = null;
  }

  async #read(source: () => SpokenSource, signal: AbortSignal): Promise<SpeechProblem | null> {
    const { platform, names } = this.#options;
    const voices = localVoices(await platform.voices());
    if (voices.length === 0) return { reason: 'no-voices' };
    const document = new MarkdownDocument();
    for (let at = 0; !signal.aborted;) {
      const { text, isGrowing } = source();
      const { groups, plain } = document.update(text, isGrowing);
      const rest = plain.map((text, key): Block => ({ type: 'plain', key, text }));
      const sentence = sentencesOf([...groups.flat(), ...rest], names, isGrowing)[at];
      if (sentence) {
        const { voice, language } = this.#voiceFor(voices, sentence, text);
        if (!voice) return { reason: 'no-voice-of-language', language };
        await platform.speak(sentence.text, voice, this.rate, signal);
        at += 1;
      } else if (isGrowing) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      else return null;
    }
    return null;
  }

  /** A voice for the language of the paragraph, or else of the answer. */
  #voiceFor(voices: readonly V[], { paragraph }: Sentence, text: string) {
    const { language: own, languages } = this.#options;
    const language = detectLanguage(text) ?? own;
    const voiceOf = (one: string) => chooseVoice(voices, one, languages);
    return { language, voice: voiceOf(detectLanguage(paragraph) ?? language) ?? voiceOf(language) };
  }
}
