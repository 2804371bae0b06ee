/** The browser's speech synthesis as promises. */

/** Some browsers list their voices only some time after the first request. */
const voicesMs = 1500;

/** Empty in a browser without speech, or without voices. */
export async function listVoices(): Promise<readonly SpeechSynthesisVoice[]> {
  const { speechSynthesis } = globalThis as { speechSynthesis?: SpeechSynthesis };
  const voices = speechSynthesis?.getVoices() ?? [];
  if (!speechSynthesis || voices.length > 0) return voices;
  await new Promise((resolve) => {
    speechSynthesis.addEventListener('voiceschanged', resolve, { once: true });
    setTimeout(resolve, voicesMs);
  });
  return speechSynthesis.getVoices();
}

/** Resolves at the end of the text, or after an abort. Rejects if it could not be spoken. */
export function speak(
  text: string,
  voice: SpeechSynthesisVoice,
  rate: number,
  signal: AbortSignal,
): Promise<void> {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = rate;
  if (signal.aborted) return Promise.resolve();
  let onAbort = () => {};
  return new Promise<void>((resolve, reject) => {
    onAbort = () => {
      speechSynthesis.cancel();
      resolve();
    };
    signal.addEventListener('abort', onAbort);
    utterance.onend = () => resolve();
    utterance.onerror = ({ error }) => reject(new Error(`speech: ${error}`));
    speechSynthesis.speak(utterance);
  }).finally(() => signal.removeEventListener('abort', onAbort));
}
