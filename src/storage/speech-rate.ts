/** The visitor's speed of reading aloud, in localStorage. Without storage it applies until the page is closed. */
import { readSpeechRate, type SpeechRate } from '../core/speech/speech-rate';

const key = 'corral-speech-rate';

export function loadSpeechRate(): SpeechRate {
  try {
    return readSpeechRate(localStorage.getItem(key));
  } catch {
    return 1;
  }
}

export function saveSpeechRate(rate: SpeechRate): void {
  try {
    localStorage.setItem(key, String(rate));
  } catch {
    // Without storage it applies until the page is closed.
  }
}
