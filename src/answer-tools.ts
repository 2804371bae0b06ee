/** Wires what runs code, reads aloud and takes dictation when one of them is first asked for. */
import { installLocally, listen, localAvailability } from './bridge/local-recognition';
import { listVoices, speak } from './bridge/speech-synthesis';
import { regionalTag } from './core/speech/choose-voice';
import type { AllTexts } from './i18n';
import { makeCodeSandbox, makePythonSandbox, pythonBytes } from './make-sandboxes';
import type { InterfaceLanguage } from './protocol/languages';
import { loadSpeechRate, saveSpeechRate } from './storage/speech-rate';
import { CodeRunner } from './stores/markdown/code-run.svelte';
import { Dictation } from './stores/speech/dictation.svelte';
import { ReadAloud } from './stores/speech/read-aloud.svelte';

let runner: CodeRunner | null = null;
let readAloud: ReadAloud<SpeechSynthesisVoice> | null = null;
let spokenLanguage: InterfaceLanguage | null = null;
addEventListener('pagehide', () => readAloud?.stop());

/** The same each time: a page has one of each sandbox. */
export const codeRunner = (): CodeRunner =>
  (runner ??= new CodeRunner({
    code: makeCodeSandbox(),
    python: makePythonSandbox(),
    pythonBytes,
  }));

/** The same for all answers, until the language changes: a browser has one voice at a time. */
export function readerAloud({ language, t }: AllTexts): ReadAloud {
  if (!readAloud || spokenLanguage !== language) {
    readAloud?.stop();
    spokenLanguage = language;
    readAloud = new ReadAloud({
      platform: { voices: listVoices, speak },
      rates: { load: loadSpeechRate, save: saveSpeechRate },
      names: t.readAloud.names,
      language,
      languages: navigator.languages,
    });
  }
  return readAloud as ReadAloud;
}

export const dictationInto = (field: { draft: string }, language: InterfaceLanguage): Dictation =>
  new Dictation({
    platform: { localAvailability, installLocally, listen },
    field,
    lang: regionalTag(language, navigator.languages),
  });
