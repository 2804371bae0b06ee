/** Italian texts of the settings and the keyboard help. */
import type { SettingsMessages } from '../en/settings';

export const settings: SettingsMessages = {
  settings: {
    title: 'Impostazioni',
    theme: 'Aspetto',
    themes: { system: 'Come il dispositivo', light: 'Chiaro', dark: 'Scuro' },
    language: 'Lingua',
    languages: { auto: 'Come il browser', en: 'English', it: 'Italiano' },
    modelTitle: 'Modello per le nuove domande',
    modelNow: (name) => `Scelto ora: ${name}.`,
    chooseModel: 'Scegli un modello',
    storageTitle: 'Su questo dispositivo',
    noModels: 'Nessun modello è ancora su questo dispositivo.',
    moreTitle: 'Altro',
    aboutTitle: 'Informazioni',
    about:
      'Corral è software libero con licenza Apache 2.0. È fatto di queste parti, e di altre ancora:',
    licences: 'Licenze di tutte le parti',
    widget:
      'Questo mette una chat di questo Corral, esattamente in questa versione, su un altro sito:',
  },
  shortcuts: {
    title: 'Tastiera',
    names: {
      'new-chat': 'Nuova chat',
      search: 'Cerca nelle chat',
      'focus-message': 'Vai al campo del messaggio',
      stop: 'Ferma la risposta',
      'edit-last': 'Modifica l’ultima domanda (in un campo vuoto)',
      help: 'Questo elenco',
    },
    send: 'Invia il messaggio',
    newLine: 'Nuova riga nel messaggio',
  },
};
