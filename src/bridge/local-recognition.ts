/** The browser's speech recognition, only where it works on the device itself. */

/** The parts that not every TypeScript library knows. */
interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally?: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

interface RecognitionQuery {
  readonly langs: readonly string[];
  readonly processLocally: true;
}

interface RecognitionClass {
  new (): Recognition;
  available?(query: RecognitionQuery): Promise<string>;
  install?(query: RecognitionQuery): Promise<boolean>;
}

interface RecognitionResult {
  readonly isFinal: boolean;
  readonly 0?: { readonly transcript: string };
}

export type LocalAvailability = 'unsupported' | 'unavailable' | 'downloadable' | 'available';

export interface Transcript {
  /** Final since the last call. */
  readonly final: string;
  /** May still change. */
  readonly interim: string;
}

const recognitionClass = () =>
  (globalThis as { SpeechRecognition?: RecognitionClass }).SpeechRecognition;

const query = (lang: string): RecognitionQuery => ({ langs: [lang], processLocally: true });

/** `unsupported` if the browser recognises speech with a service only, or not at all. */
export async function localAvailability(lang: string): Promise<LocalAvailability> {
  const known = recognitionClass();
  if (!known?.available || !('processLocally' in known.prototype)) return 'unsupported';
  const availability = await known.available(query(lang)).catch(() => 'unsupported');
  if (
    availability === 'available' ||
    availability === 'downloadable' ||
    availability === 'unsupported'
  )
    return availability;
  return availability === 'downloading' ? 'downloadable' : 'unavailable';
}

/** Lets the browser fetch what it needs for the language. False if it did not. */
export async function installLocally(lang: string): Promise<boolean> {
  return (
    (await recognitionClass()
      ?.install?.(query(lang))
      .catch(() => false)) ?? false
  );
}

/**
 * Listens until the signal aborts or the browser ends it. Rejects with an Error whose message is the browser's
 * error code, such as `not-allowed`.
 */
export function listen(
  lang: string,
  onTranscript: (transcript: Transcript) => void,
  signal: AbortSignal,
): Promise<void> {
  const known = recognitionClass();
  if (!known) return Promise.reject(new Error('unsupported'));
  const recognition = new known();
  recognition.processLocally = true;
  recognition.lang = lang;
  recognition.continuous = true;
  recognition.interimResults = true;
  return new Promise((resolve, reject) => {
    recognition.addEventListener('result', (event) => onTranscript(readResults(event)));
    recognition.addEventListener('error', (event) =>
      reject(new Error(String((event as Event & { error?: unknown }).error))),
    );
    recognition.addEventListener('end', () => resolve());
    // Speech from before the stop is still reported.
    signal.addEventListener('abort', () => recognition.stop());
    recognition.start();
  });
}

function readResults(event: Event): Transcript {
  const { results, resultIndex } = event as Event & {
    readonly results: ArrayLike<RecognitionResult>;
    readonly resultIndex: number;
  };
  const fresh = Array.from(results).slice(resultIndex);
  const textOf = (isFinal: boolean) =>
    fresh
      .filter((result) => result.isFinal === isFinal)
      .map((result) => result[0]?.transcript ?? '')
      .join('');
  return { final: textOf(true), interim: textOf(false) };
}
