/** Dictation into the message field, only where the browser recognises speech on the device itself. */
import type { Transcript, LocalAvailability } from '../../bridge/local-recognition';
import { assertNever } from '../../protocol/errors';

/** The browser's recognition: `bridge/local-recognition`. */
export interface RecognitionPlatform {
  localAvailability(lang: string): Promise<LocalAvailability>;
  installLocally(lang: string): Promise<boolean>;
  listen(
    lang: string,
    onTranscript: (transcript: Transcript) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface DictationOptions {
  readonly platform: RecognitionPlatform;
  readonly field: { draft: string };
  /** Such as `it-IT`. */
  readonly lang: string;
}

export type DictationState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking' }
  /** `interim` may still change; final words are in the field. */
  | { readonly phase: 'listening'; readonly interim: string }
  /** The browser would have to fetch the language first. */
  | { readonly phase: 'install-needed' }
  | { readonly phase: 'installing' }
  | { readonly phase: 'refused'; readonly reason: DictationRefusal };

export type DictationRefusal =
  'unsupported' | 'language' | 'microphone' | 'install-failed' | 'recognition-failed';

export class Dictation {
  state = $state.raw<DictationState>({ phase: 'idle' });
  readonly #options: DictationOptions;
  #controller: AbortController | null = null;

  constructor(options: DictationOptions) {
    this.#options = options;
  }

  /** Starts dictation, or ends it if it is running. */
  async toggle(): Promise<void> {
    const { phase } = this.state;
    if (phase === 'listening') return this.stop();
    if (phase === 'asking' || phase === 'installing') return;
    const { platform, lang } = this.#options;
    this.state = { phase: 'asking' };
    const availability = await platform.localAvailability(lang);
    switch (availability) {
      case 'available':
        return this.#listen();
      case 'downloadable':
        this.state = { phase: 'install-needed' };
        return;
      case 'unavailable':
        return this.#refuse('language');
      case 'unsupported':
        return this.#refuse('unsupported');
      default:
        return assertNever(availability);
    }
  }

  /** Lets the browser fetch the language; only after the visitor pressed the button for it. */
  async install(): Promise<void> {
    this.state = { phase: 'installing' };
    const { platform, lang } = this.#options;
    if (await platform.installLocally(lang)) return this.#listen();
    this.#refuse('install-failed');
  }

  stop(): void {
    this.#controller?.abort();
  }

  dismiss(): void {
    this.stop();
    this.state = { phase: 'idle' };
  }

  async #listen(): Promise<void> {
    const { platform, field, lang } = this.#options;
    this.#controller = new AbortController();
    this.state = { phase: 'listening', interim: '' };
    const onTranscript = ({ final, interim }: Transcript) => {
      field.draft = withDictated(field.draft, final);
      if (this.state.phase === 'listening') this.state = { phase: 'listening', interim };
    };
    try {
      await platform.listen(lang, onTranscript, this.#controller.signal);
      this.state = { phase: 'idle' };
    } catch (cause) {
      const code = cause instanceof Error ? cause.message : '';
      // Silence is not a failure.
      if (code === 'no-speech' || code === 'aborted') this.state = { phase: 'idle' };
      else this.#refuse(refusals[code] ?? 'recognition-failed');
    }
  }

  #refuse(reason: DictationRefusal): void {
    this.state = { phase: 'refused', reason };
  }
}

/** The reasons by the browser's error codes. */
const refusals: Readonly<Record<string, DictationRefusal>> = {
  'not-allowed': 'microphone',
  'audio-capture': 'microphone',
  'language-not-supported': 'language',
  'service-not-allowed': 'unsupported',
};

/** Adds dictated words to the text of the message field. */
export function withDictated(draft: string, words: string): string {
  const added = words.replace(/\s+/g, ' ').trim();
  if (added === '') return draft;
  const needsSpace = draft !== '' && !/\s$/.test(draft) && !/^[.,;:!?]/.test(added);
  return draft + (needsSpace ? ' ' : '') + added;
}
