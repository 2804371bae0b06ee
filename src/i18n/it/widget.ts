/** Italian texts of the widget. */
import type { WidgetTexts } from '../en/widget';
import { formatter } from '../format';

const { size, dateTime } = formatter('it');

export const widget: WidgetTexts = {
  language: 'it',
  welcome: {
    title: 'Chiedi a un modello sul tuo dispositivo',
    privacy: (site) =>
      `Funziona in questo browser. Ciò che scrivi resta su questo dispositivo: ${site} non può leggerlo.`,
    firstUse: (name, bytes) =>
      `Il primo messaggio scarica ${name} (${size(bytes)}) per questo sito.`,
  },
  options: 'Opzioni di questa chat',
  newChat: 'Nuova chat',
  siteInstructions: (site) => `${site} ha detto al modello`,
  permission: {
    title: (site) => `${site} può usare il tuo modello?`,
    text: 'Questo sito chiede di far scrivere dei testi al modello linguistico sul tuo dispositivo. Gli dà le sue domande e legge le sue risposte. Non vede le tue chat.',
    turn: 'Rispondi …',
    allow: 'Consenti',
    refuse: 'Non ora',
    covered: 'Controlla che niente copra questa domanda.',
    wait: 'Un momento: puoi rispondere fra un secondo.',
    inWindow: 'Rispondi in una finestra di Corral',
    note: 'Puoi revocarlo in ogni momento nelle impostazioni di Corral. Scade dopo 90 giorni senza uso.',
    noteHere: 'Scade quando chiudi questa scheda, o se premi Ferma mentre il modello è in uso.',
  },
  more: {
    title: (site) => `${site} può usare il tuo modello più a lungo?`,
    text: 'Nell’ultima ora il tuo dispositivo ha calcolato per questo sito per dieci minuti.',
    allow: 'Consenti altri dieci minuti',
    note: 'Altrimenti il sito deve aspettare.',
  },
  use: {
    now: (site) => `${site} sta usando il tuo modello.`,
    stop: 'Ferma',
    stopDetail: (site) => `Ferma, e revoca a ${site} l’uso del tuo modello`,
  },
  site: {
    title: 'Questo sito',
    allowed: (site) => `${site} può usare il tuo modello.`,
    notAllowed: (site) =>
      `${site} non può usare il tuo modello, a meno che tu non lo consenta quando lo chiede.`,
    revoke: 'Revoca',
  },
  sites: {
    title: 'Siti che possono usare il tuo modello',
    none: 'Ancora nessuno.',
    since: (atMs, usedAtMs) =>
      `consentito il ${dateTime(atMs)}, usato l’ultima volta il ${dateTime(usedAtMs)}`,
    revoke: (site) => `Revoca a ${site}`,
    revokeShort: 'Revoca',
    partitioned:
      'Un permesso scade dopo 90 giorni senza uso. Dove il browser tiene separati i dati di ogni sito, una pagina aperta lo conserva finché la sua scheda non viene chiusa, e ciò che non dura di più non è elencato qui.',
  },
  modelAccess: {
    title: (name) => `Da dove si prende ${name}?`,
    tooLarge: (name, bytes) =>
      `${name} è grande (${size(bytes)}). Il browser tiene separati i dati di ogni sito, quindi verrebbe scaricato solo per questo. Corral non lo fa.`,
    access: 'Usa i modelli del mio Corral',
    accessDetail: 'Il browser può chiedertelo. Serve aver già visitato Corral.',
    noAccess:
      'Questo browser tiene separati i dati di ogni sito. Una finestra di Corral può rispondere per questa chat.',
    window: 'Apri Corral in una finestra',
    windowDetail: 'La finestra risponde per questa chat finché è aperta.',
    builtIn: (name, bytes) => `Prendi ${name} (${size(bytes)})`,
    refused:
      'Il browser non l’ha consentito. Visita Corral una volta e riprova, o scegli un’altra via.',
    none: (name) => `Il tuo Corral non ha ancora ${name}.`,
    granted: 'Questa chat usa i modelli del tuo Corral.',
    windowClosed: 'La finestra è stata chiusa.',
    windowBlocked: 'Non è stato possibile aprire la finestra, o raggiungerla da questo sito.',
    windowOpen: 'Una finestra di Corral risponde per questa chat.',
  },
  window: {
    title: 'Corral risponde per una chat',
    text: (site) =>
      `Una chat su ${site} usa il modello di questa finestra. Tienila aperta; chiudendola si interrompe il collegamento.`,
    waiting: 'In attesa della chat che ha aperto questa finestra …',
    fetchTitle: (name, bytes) => `Scaricare ${name} (${size(bytes)})?`,
    fetchText: (site) => `Lo chiede la chat su ${site}.`,
    fetch: 'Scarica',
  },
  refused: {
    title: 'Questa chat non può essere mostrata qui',
    lone: 'Questa pagina è fatta per stare dentro altri siti.',
    openApp: 'Apri Corral',
  },
  errors: {
    'permission-denied': () => 'Il visitatore non ha consentito a questo sito di usare il modello.',
    'permission-revoked': () => 'Il visitatore ha revocato a questo sito l’uso del modello.',
    'budget-spent': () =>
      'Questo sito ha usato il modello per quanto il visitatore consente in un’ora.',
    'completion-invalid': ({ field }) => `La richiesta non è valida: ${field ?? 'la sua forma'}.`,
    'too-many-requests': ({ limit }) => `Più di ${limit ?? 'alcune'} richieste sono già in attesa.`,
    'json-unsupported': () => 'Questo modello non può essere vincolato al JSON.',
    'schema-unsupported': ({ at }) =>
      `Una risposta non può essere vincolata a questo ${at === undefined ? 'formato' : `schema, a causa di ${at}`}. Toglilo, oppure chiedi un json_object, descrivilo in un messaggio e controlla il risultato.`,
    'no-such-model': ({ model }) => `Il modello «${model ?? ''}» non esiste.`,
    'licence-needed': ({ model }) =>
      `Il visitatore deve prima accettare la licenza di ${model ?? 'quel modello'}.`,
    'model-unfit': ({ model }) => `Questo dispositivo non può usare ${model ?? 'quel modello'}.`,
  },
};
