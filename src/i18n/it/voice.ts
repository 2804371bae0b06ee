/** Italian texts of reading aloud and dictation. */
import type { VoiceMessages } from '../en/voice';

export const voice: VoiceMessages = {
  readAloud: {
    start: 'Leggi ad alta voce',
    stop: 'Smetti di leggere',
    names: { code: 'codice', formula: 'formula', link: 'link' },
    problems: {
      'no-voices':
        'Questo browser non offre alcuna voce del dispositivo, e Corral non invia nulla alle voci di un servizio. Aggiungi una voce nelle impostazioni di sistema. (no-voices)',
      'no-voice-of-language': (language) =>
        `Nessuna voce di questo dispositivo parla ${language}. Aggiungine una nelle impostazioni di sistema. (no-voice-of-language)`,
      'speech-failed': 'La voce non ha potuto parlare. Riprova. (speech-failed)',
    },
    languageName: (code) => new Intl.DisplayNames('it', { type: 'language' }).of(code) ?? code,
    speed: 'Velocità di lettura ad alta voce',
    speedOf: (rate) => `${rate.toLocaleString('it')} ×`,
  },
  dictation: {
    start: 'Detta',
    stop: 'Smetti di dettare',
    asking: 'Chiedo al browser…',
    listening: 'In ascolto. L’audio resta su questo dispositivo.',
    installNeeded: 'Il browser deve prima scaricare il riconoscimento vocale per la tua lingua.',
    install: 'Lascia che il browser lo scarichi',
    installing: 'Il browser scarica il riconoscimento vocale…',
    close: 'Chiudi',
    refusals: {
      unsupported:
        'Questo browser non riconosce il parlato sul dispositivo stesso, e Corral non invia audio a un servizio. Scrivi, o usa la dettatura della tastiera. (unsupported)',
      language:
        'Questo browser non riconosce la tua lingua sul dispositivo stesso, e Corral non invia audio a un servizio. (language)',
      microphone:
        'Il browser non dà accesso al microfono. Consentilo per questo sito nelle impostazioni del browser, e controlla che ce ne sia uno collegato. (microphone)',
      'install-failed':
        'Il browser non ha potuto scaricare il riconoscimento vocale. Connettiti e riprova. (install-failed)',
      'recognition-failed':
        'Il riconoscimento vocale del browser non ha funzionato. Riprova. (recognition-failed)',
    },
  },
};
