/** English texts of reading aloud and dictation. */

export const voice = {
  readAloud: {
    start: 'Read aloud',
    stop: 'Stop reading',
    names: { code: 'code', formula: 'formula', link: 'link' },
    problems: {
      'no-voices':
        'This browser offers no voice of this device, and Corral sends nothing to the voices of a service. Add a voice in the system’s settings. (no-voices)',
      'no-voice-of-language': (language: string) =>
        `No voice of this device speaks ${language}. Add one in the system’s settings. (no-voice-of-language)`,
      'speech-failed': 'The voice could not speak. Try again. (speech-failed)',
    },
    languageName: (code: string) =>
      new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code,
    speed: 'Speed of reading aloud',
    speedOf: (rate: number) => `${rate.toLocaleString('en')} ×`,
  },
  dictation: {
    start: 'Dictate',
    stop: 'Stop dictating',
    asking: 'Asking the browser…',
    listening: 'Listening. The audio stays on this device.',
    installNeeded: 'The browser first has to fetch its speech recognition for your language.',
    install: 'Let the browser fetch it',
    installing: 'The browser fetches its speech recognition…',
    close: 'Close',
    refusals: {
      unsupported:
        'This browser does not recognise speech on the device itself, and Corral sends no audio to a service. Type, or use the keyboard’s own dictation. (unsupported)',
      language:
        'This browser does not recognise your language on the device itself, and Corral sends no audio to a service. (language)',
      microphone:
        'The browser gives no microphone. Allow it for this site in the browser’s settings, and check that one is connected. (microphone)',
      'install-failed':
        'The browser could not fetch its speech recognition. Go online and try again. (install-failed)',
      'recognition-failed':
        'The browser’s speech recognition failed. Try again. (recognition-failed)',
    },
  },
};

export type VoiceMessages = typeof voice;
