/** Wires reading aloud and dictation when they are first asked for. */
import { installLocally, listen, localAvailability } from './bridge/local-recognition';
import { listVoices, speak } from './bridge/speech-synthesis';
import { regionalTag } from './core/speech/choose-voice';
import type { AllTexts } from './i18n';
import type { InterfaceLanguage } from './protocol/languages';
import { Dictation } from './stores/speech/dictation.svelte';
import { ReadAloud } from './stores/speech/read-aloud.svelte';

let readAloud: ReadAloud<SpeechSynthesisVoice> | null = null;
let spokenLanguage: InterfaceLanguage | null = null;

/** The same for all answers, until the language changes: a browser has one voice at a time. */
export function loadReadAloud({ language, t }: AllTexts, rate: () => number): ReadAloud {
  if (!readAloud || spokenLanguage !== language) {
    readAloud?.stop();
    spokenLanguage = language;
    const { names } = t.readAloud;
    const { languages } = navigator;
    readAloud = new ReadAloud({
      platform: { voices: listVoices, speak },
      rate,
      names,
      language,
      languages,
    });
    addEventListener('pagehide', () => readAloud?.stop());
  }
  return readAloud as ReadAloud;
}

export const loadDictation = (field: { draft: string }, language: InterfaceLanguage): Dictation =>
  new Dictation({
    platform: { localAvailability, installLocally, listen },
    field,
    lang: regionalTag(language, navigator.languages),
  });
