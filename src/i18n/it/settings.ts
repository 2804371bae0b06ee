/** Italian texts of the settings and the keyboard help. */
import type { SettingsMessages } from '../en/settings';

export const settings: SettingsMessages = {
  settings: {
    title: 'Impostazioni',
    theme: 'Aspetto',
    themes: { system: 'Come il dispositivo', light: 'Chiaro', dark: 'Scuro' },
    language: 'Lingua',
    chatTitles: 'Titoli delle chat',
    titleChoices: {
      auto: 'Dai modelli più grandi',
      on: 'Da ogni modello',
      off: 'Le prime parole',
    },
    titlesHint:
      'Dopo la prima risposta il modello può proporre un titolo. Si ferma appena chiedi qualcosa, e non sostituisce mai un titolo tuo.',
    browserLanguage: 'Come il browser',
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
  lock: {
    title: 'Blocco',
    text: 'Le chat sono salvate su questo dispositivo così come sono: chi può usarlo può leggerle. Una passphrase le cifra.',
    isOn: 'Le chat sono salvate cifrate. In questa pagina sono aperte, finché non la ricarichi o la chiudi.',
    set: 'Blocca le chat',
    change: 'Cambia la passphrase',
    changed: 'La passphrase è stata cambiata.',
    warning:
      'Se dimentichi la passphrase, tutte le chat su questo dispositivo vanno perse. Nessuno potrà più aprirle, e non c’è modo di reimpostarla.',
    understood: 'So che se dimentico la passphrase le mie chat vanno perse.',
    passphrase: 'Passphrase',
    repeat: 'La passphrase ancora una volta',
    show: 'Mostra ciò che scrivo',
    lockNow: 'Blocca ora',
    remove: 'Togli il blocco',
    working: 'Le chat vengono riscritte',
    pageTitle: 'Le tue chat sono bloccate',
    unlock: 'Sblocca',
    forgotten: 'Dimenticata?',
    forgottenText:
      'Senza la passphrase nessuno può aprire le chat, nemmeno Corral. Puoi eliminarle e ricominciare.',
    delete: 'Elimina tutte le chat',
    deleteText: 'Tutte le chat e le bozze su questo dispositivo andranno perse per sempre.',
    deleteNow: 'Eliminale per sempre',
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
