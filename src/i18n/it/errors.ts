/** Italian texts of errors. */
import type { ErrorMessages } from '../en/errors';
import { formatter } from '../format';

const { count, size, kilobytes } = formatter('it');

/** Di un hash come `sha256:0a1b…`. */
const begin = (hash: unknown) => String(hash).replace('sha256:', '').slice(0, 12);

export const errors: ErrorMessages = {
  offline: () => ({
    title: 'Sei offline e il modello non è ancora su questo dispositivo.',
    next: 'Torna online e riprova; ciò che è stato scaricato resta.',
  }),
  'download-failed': ({ status }) => ({
    title: `Non è stato possibile scaricare il modello${status ? ` (il server ha risposto ${status})` : ''}.`,
    next: 'Riprova; ciò che è stato scaricato resta.',
  }),
  'download-incomplete': ({ receivedBytes, totalBytes }) => ({
    title: `Il download si è interrotto a ${size(Number(receivedBytes))} di ${size(Number(totalBytes))}.`,
    next: 'Riprova: riparte da dove si è fermato.',
  }),
  'model-missing': () => ({
    title: 'Il modello non è più su questo dispositivo.',
    next: 'Scaricalo di nuovo.',
  }),
  'model-not-here': ({ sizeBytes }) => ({
    title: `Questo modello è troppo grande${sizeBytes ? ` (${size(Number(sizeBytes))})` : ''} per essere scaricato per un sito solo.`,
    next: 'Usa quello dell’app Corral, o scegli un modello più piccolo.',
  }),
  'model-not-a-model': () => ({
    title: 'Il server ha risposto con qualcosa che non è un modello.',
    next: 'Se la rete ha una pagina di accesso, accedi e riprova.',
  }),
  'model-damaged': () => ({
    title: 'Il file del modello è danneggiato.',
    next: 'Scaricalo di nuovo.',
  }),
  'model-changed': ({ file, before, now }) => ({
    title: `Chi pubblica il modello ne ha cambiato un file${file ? ` (${file})` : ''} da quando l’hai scaricato la prima volta${before ? `: il suo SHA-256 cominciava con ${begin(before)} e ora comincia con ${begin(now)}` : ''}.`,
    next: 'Del nuovo file non è rimasto nulla. Scegli un altro modello, o accetta il cambiamento se ne sai qualcosa e ti fidi.',
  }),
  'model-address': () => ({
    title: 'Questo non è l’indirizzo di un modello.',
    next: 'Indica l’indirizzo https di un file .gguf, oppure di una cartella MLC e della sua libreria .wasm.',
  }),
  'host-not-allowed': ({ host }) => ({
    title: `Corral non può scaricare da ${host ?? 'quell’host'}.`,
    next: 'Scarica tu i file e aggiungili da questo dispositivo, oppure chiedi a chi gestisce il sito di ammettere l’host.',
  }),
  'host-unconfirmed': ({ host }) => ({
    title: `Questo modello non è tutto su questo dispositivo, e viene da ${host ?? 'un altro host'}.`,
    next: 'Premi Scarica accanto al modello, nell’elenco dei modelli: prima, là non si chiede nulla.',
  }),
  'files-not-a-model': () => ({
    title: 'Questi file non sono un modello.',
    next: 'Scegli un file .gguf, oppure una cartella MLC con mlc-chat-config.json e la sua libreria .wasm.',
  }),
  'file-missing': ({ file }) => ({
    title: `Nella cartella manca un file${file ? `: ${file}` : ''}.`,
    next: 'Scegli una cartella completa.',
  }),
  'file-damaged': ({ file }) => ({
    title: `Questo file è danneggiato o incompleto${file ? `: ${file}` : ''}.`,
    next: 'Procuratelo di nuovo da dove l’hai preso e aggiungilo ancora.',
  }),
  'files-needed': () => ({
    title: 'I file del modello non sono stati copiati fino in fondo.',
    next: 'Aggiungili di nuovo: Corral può leggerli solo finché la pagina è aperta.',
  }),
  'template-missing': () => ({
    title: 'Questo modello non ha un modello di chat (chat template).',
    next: 'Scegli il suo formato del prompt tra i modelli, o scrivilo. Un modello di base non conversa in nessuno: cercane uno con «Instruct» o «Chat» nel nome.',
  }),
  'template-broken': () => ({
    title: 'Il chat template di questo modello non si può leggere.',
    next: 'Scegli il formato del prompt del modello tra i modelli, o scrivilo; o prendi un file più recente.',
  }),
  'template-too-large': ({ limitCharacters }) => ({
    title: `Il chat template di questo modello è troppo lungo${limitCharacters ? ` (oltre ${count(Number(limitCharacters))} caratteri)` : ''}.`,
    next: 'Scegli il formato del prompt del modello tra i modelli, o scrivilo.',
  }),
  'template-endless': ({ seconds: s }) => ({
    title: `Il chat template di questo modello non è finito${s ? ` entro ${s} secondi` : ''}.`,
    next: 'Prendi il file da un altro editore, o scegli un altro modello.',
  }),
  'template-irregular': () => ({
    title: 'Il chat template di questo modello non è una cornice fissa intorno a ogni messaggio.',
    next: 'Corral non può seguirlo in modo sicuro. Scegli il formato del prompt del modello tra i modelli, o scrivilo.',
  }),
  'format-incomplete': () => ({
    title: 'Questo formato non dice dove comincia o finisce una domanda.',
    next: 'Scrivi che cosa sta prima o dopo una domanda, o prima di una risposta.',
  }),
  'format-too-long': ({ limitCharacters }) => ({
    title: `Questo formato è troppo lungo${limitCharacters ? `: ogni suo testo può avere ${count(Number(limitCharacters))} caratteri, in poche righe` : ''}.`,
    next: 'Accorcialo. Quello che il modello deve sapere in ogni chat sta nel system prompt.',
  }),
  'library-missing': () => ({
    title: 'Una cartella MLC ha bisogno della sua libreria compilata, un file .wasm.',
    next: 'Dai l’indirizzo della libreria, o metti il file .wasm nella cartella, e aggiungila di nuovo.',
  }),
  'model-too-large': ({ name, needBytes, limitBytes }) => ({
    title: `${name ?? 'Questo modello'} è troppo grande (${size(Number(needBytes))}). In un browser, un modello sul processore può avere al massimo ${size(Number(limitBytes))}.`,
    next: 'Scegli un modello più piccolo, o lo stesso con una quantizzazione più piccola.',
  }),
  'model-in-parts': ({ file, parts }) => ({
    title: `${file ?? 'Questo file'} è una parte${parts ? ` di ${parts}` : ''} di un modello.`,
    next: 'Unisci le parti con “llama-gguf-split --merge” di llama.cpp, poi aggiungi il file che ne risulta.',
  }),
  'model-recurrent': ({ architecture }) => ({
    title: `Questo tipo di modello${architecture ? ` (${architecture})` : ''} non può tornare a un punto precedente della chat.`,
    next: 'Corral ne ha bisogno per modificare una domanda o scrivere un’altra risposta. Scegli un modello senza livelli ricorrenti.',
  }),
  'repository-missing': ({ repository }) => ({
    title: `${repository ?? 'Questo repository'} non è stato trovato, oppure è privato.`,
    next: 'Controlla il nome: proprietario/nome, come nell’indirizzo della sua pagina.',
  }),
  'repository-gated': ({ repository }) => ({
    title: `${repository ?? 'Questo repository'} dà i suoi file solo a chi ha effettuato l’accesso.`,
    next: 'Scarica lì il file con il tuo account, poi aggiungilo da questo dispositivo. Oppure cerca un repository aperto dello stesso modello.',
  }),
  'repository-empty': ({ repository, parts }) => ({
    title: `${repository ?? 'Questo repository'} non ha file che Corral possa usare${parts ? ': i suoi modelli GGUF sono divisi in parti' : ''}.`,
    next: 'Cerca un repository dello stesso modello il cui nome finisca in “-GGUF”, con un file per ogni quantizzazione, oppure una cartella MLC.',
  }),
  'repository-unreadable': ({ host }) => ({
    title: `${host ?? 'Il server'} non ha risposto come un archivio di modelli.`,
    next: 'Controlla il server. Se sei su una rete con una pagina di accesso, accedi, poi riprova.',
  }),
  'storage-quota': ({ needBytes }) => ({
    title: `Non c’è abbastanza spazio per il modello${needBytes ? ` (${size(Number(needBytes))})` : ''}.`,
    next: 'Libera spazio sul dispositivo, o esci dalla navigazione privata, poi riprova.',
  }),
  'storage-unavailable': () => ({
    title: 'Questo browser non permette a Corral di salvare il modello.',
    next: 'Consenti i dati dei siti per questa pagina, o esci dalla navigazione privata, poi riprova.',
  }),
  'library-damaged': () => ({
    title: 'La libreria compilata del modello è danneggiata.',
    next: 'Scarica di nuovo il modello.',
  }),
  'library-mismatch': () => ({
    title:
      'La libreria compilata del modello non va d’accordo con i suoi pesi o con questa versione dell’app.',
    next: 'Scarica di nuovo il modello, o scegline un altro.',
  }),
  'engine-file-missing': ({ file }) => ({
    title: `Manca una parte dell’app${file ? ` (${file})` : ''}.`,
    next: 'Ricarica la pagina. Se succede ancora, il sito non è stato installato per intero.',
  }),
  'engine-failed': () => ({
    title: 'Il motore ha avuto un errore.',
    next: 'Riprova, o scegli un altro modello.',
  }),
  'engine-died': () => ({
    title: 'Il motore si è fermato all’improvviso.',
    next: 'Riprova: riparte da solo.',
  }),
  'engine-moved': () => ({
    title: 'La scheda che eseguiva il modello è stata chiusa.',
    next: 'Quello che è stato scritto resta. Continua o riprova: ora il modello si carica qui.',
  }),
  'engine-timeout': ({ seconds: s }) => ({
    title: `Il motore non è partito${s ? ` entro ${s} secondi` : ''}.`,
    next: 'Chiudi altre schede per liberare memoria, poi riprova.',
  }),
  'engine-stalled': ({ seconds: s }) => ({
    title: `Il motore non ha scritto nulla${s ? ` per ${s} secondi` : ''} ed è stato fermato.`,
    next: 'Riprova: riparte da solo. Può aiutare chiudere altre schede pesanti.',
  }),
  'engine-unsealed': () => ({
    title: 'Al motore non è stato dato nulla: qui potrebbe collegarsi ad altri.',
    next: 'Questo sito non manda le intestazioni che glielo vietano, e questo browser non ha un service worker che lo faccia. Esci dalla navigazione privata o usa un altro browser, poi riprova; oppure avvisa chi gestisce il sito.',
  }),
  'model-not-loaded': () => ({ title: 'Nessun modello è caricato.', next: 'Riprova.' }),
  'gpu-unavailable': () => ({
    title: 'Questo browser non dà accesso a una scheda grafica adatta.',
    next: 'Scegli il modello incluso, che gira sul processore.',
  }),
  'gpu-lost': () => ({
    title: 'La scheda grafica è stata reimpostata.',
    next: 'Riprova; se succede ancora, chiudi le altre schede pesanti.',
  }),
  'out-of-memory': () => ({
    title: 'Non c’è abbastanza memoria per questo modello.',
    next: 'Chiudi altre schede, o scegli un modello più piccolo.',
  }),
  'context-overflow': ({ promptTokens, contextTokens, reserveTokens }) => ({
    title: promptTokens
      ? `Il messaggio è troppo lungo: ${promptTokens} token, e questo modello ne tiene ${contextTokens}${reserveTokens ? `, di cui ${reserveTokens} per la risposta` : ''}.`
      : 'Il messaggio è troppo lungo per questo modello.',
    next: 'Accorcialo, o inviane solo la fine.',
  }),
  'instructions-too-long': ({ promptTokens, contextTokens }) => ({
    title: promptTokens
      ? `Le istruzioni della chat sono troppo lunghe: con esse i token da leggere sono ${promptTokens}, e questo modello ne tiene ${contextTokens}.`
      : 'Le istruzioni della chat sono troppo lunghe per questo modello.',
    next: 'Accorcia il prompt di sistema o l’istruzione fissata, o scegli un modello più capiente.',
  }),
  'answer-too-long': ({ contextTokens }) => ({
    title: `Questa risposta ha riempito la finestra del modello${contextTokens ? ` di ${contextTokens} token` : ''}.`,
    next: 'Continua dalla fine, senza l’inizio in vista; oppure scegli un modello più capiente; oppure chiedi qualcosa di nuovo.',
  }),
  'no-such-date': ({ date }) => ({
    title: `Questa data non esiste${date ? `: ${date}` : ''}.`,
    next: 'Scrivi un giorno così: 2021-05-03, o un anno così: 2007.',
  }),
  'presets-unreadable': ({ place }) => ({
    title: `Questo non è un file di profili${place ? ` (in ${place})` : ''}.`,
    next: 'Scegli un file esportato da Corral. Non è cambiato nulla.',
  }),
  'presets-newer': () => ({
    title: 'Questi profili vengono da una versione più recente di Corral.',
    next: 'Ricarica la pagina per avere l’ultima versione, poi riprova. Non è cambiato nulla.',
  }),
  'presets-too-large': ({ sizeBytes, limitBytes }) => ({
    title: `Questo file è troppo grande per dei profili${sizeBytes ? ` (${kilobytes(Number(sizeBytes))}, al massimo ${kilobytes(Number(limitBytes))})` : ''}.`,
    next: 'Scegli un file esportato da Corral. Non è cambiato nulla.',
  }),
  'chat-storage-full': () => ({
    title: 'Su questo dispositivo non c’è più spazio: la chat non viene più salvata.',
    next: 'È ancora tutta qui. Esportala, oppure libera spazio e riprova.',
  }),
  'chat-not-stored': () => ({
    title: 'Questo browser non permette a Corral di salvare nulla: ricaricando, la chat va persa.',
    next: 'Esportala per conservarla, o esci dalla navigazione privata.',
  }),
  'chats-unreadable': () => ({
    title: 'Non è stato possibile leggere le chat salvate.',
    next: 'Ricarica la pagina. Se succede ancora, il browser potrebbe averne danneggiato l’archivio.',
  }),
  'chats-locked': () => ({
    title: 'Le chat su questo dispositivo sono bloccate.',
    next: 'Ricarica la pagina e sbloccale con la passphrase.',
  }),
  'passphrase-wrong': () => ({
    title: 'Questa non è la passphrase.',
    next: 'Controlla la lingua della tastiera e le maiuscole, e riprova.',
  }),
  'passphrase-short': ({ least }) => ({
    title: `Questa passphrase è troppo corta${least ? ` (almeno ${String(least)} caratteri)` : ''}.`,
    next: 'Scegli più parole che stanno insieme solo per te.',
  }),
  'passphrases-differ': () => ({
    title: 'Le due passphrase sono diverse.',
    next: 'Scrivi la stessa due volte.',
  }),
  'lock-unavailable': () => ({
    title: 'In questa pagina le chat non si possono bloccare né sbloccare.',
    next: 'Apri Corral a un indirizzo https://: solo lì i browser permettono alle pagine di cifrare.',
  }),
  'import-too-large': ({ sizeBytes, limitBytes }) => ({
    title: `Questo file è troppo grande${sizeBytes ? ` (${size(Number(sizeBytes))}; al massimo ${size(Number(limitBytes))})` : ''}.`,
    next: 'Non è cambiato nulla. Esporta meno chat alla volta e importa quelle.',
  }),
  'import-chat-too-long': ({ messages, limitMessages }) => ({
    title: `Una chat di questo file è troppo lunga${messages ? ` (${count(Number(messages))} messaggi; al massimo ${count(Number(limitMessages))})` : ''}.`,
    next: 'Non è cambiato nulla. Esporta le altre chat una alla volta e importa quelle.',
  }),
  'import-foreign': () => ({
    title: 'Questo non è un file di chat che Corral sa leggere.',
    next: 'Non è cambiato nulla. Scegli un’esportazione di Corral, ChatGPT, Claude, llama.cpp, NextChat o Open WebUI: un file .json, .jsonl o .zip.',
  }),
  'import-no-chats': () => ({
    title: 'In questo file non ci sono messaggi.',
    next: 'Non è cambiato nulla. Scegli un’altra esportazione.',
  }),
  'import-archive': () => ({
    title: 'Questo archivio non si può aprire qui.',
    next: 'Non è cambiato nulla. Estrailo tu e scegli il suo file conversations.json.',
  }),
  'import-newer': () => ({
    title: 'Questo file viene da una versione più recente di Corral.',
    next: 'Non è cambiato nulla. Ricarica la pagina per avere la versione più recente, poi importalo di nuovo.',
  }),
  'import-damaged': ({ where }) => ({
    title: `Questo file è danneggiato${where ? ` (in ${where})` : ''}.`,
    next: 'Non è cambiato nulla. Esportalo di nuovo da dove viene.',
  }),
  'import-no-room': () => ({
    title: 'Su questo dispositivo non c’è abbastanza spazio per queste chat.',
    next: 'Non è cambiato nulla. Libera spazio, poi importa di nuovo il file.',
  }),
  'export-too-large': ({ sizeBytes, limitBytes }) => ({
    title: `Con i documenti il file avrebbe ${size(Number(sizeBytes ?? 0))}, più di quanto si possa importare (${size(Number(limitBytes ?? 100_000_000))}).`,
    next: 'Esporta le chat senza documenti o poche alla volta, o rimuovi documenti dalla raccolta.',
  }),
  'document-too-large': ({ name, sizeBytes, limitBytes }) => ({
    title: `${name ?? 'Questo file'} è troppo grande${sizeBytes ? ` (${size(Number(sizeBytes))})` : ''}.`,
    next: `Allegane uno di al massimo ${size(Number(limitBytes ?? 50_000_000))}, o una parte.`,
  }),
  'document-too-long': ({ name, pages, limitPages, limitCharacters }) => ({
    title: `${name ?? 'Questo documento'} è troppo lungo${pages ? ` (${count(Number(pages))} pagine)` : ''}.`,
    next: `Si possono leggere al massimo ${limitPages ? `${count(Number(limitPages))} pagine` : `${count(Number(limitCharacters ?? 5_000_000))} caratteri`}: allegane una parte.`,
  }),
  'document-encrypted': ({ name }) => ({
    title: `${name ?? 'Questo documento'} è protetto da una password.`,
    next: 'Aprilo dove hai la password, salvalo senza, e allega quello.',
  }),
  'document-broken': ({ name }) => ({
    title: `${name ?? 'Questo documento'} è danneggiato o incompleto.`,
    next: 'Recuperalo di nuovo da dove proviene, o salvalo in un altro formato.',
  }),
  'document-scanned': ({ name }) => ({
    title: `${name ?? 'Questo documento'} non ha testo: le sue pagine sono immagini, come da uno scanner.`,
    next: 'Fanne prima riconoscere il testo da un’app di scansione, poi allega il risultato.',
  }),
  'document-encoding': ({ name }) => ({
    title: `Corral non riconosce la codifica di ${name ?? 'questo testo'}.`,
    next: 'Salvalo come UTF-8 con un editor di testo, e allega quello.',
  }),
  'document-unreadable': ({ name }) => ({
    title: `Il browser non è riuscito a leggere ${name ?? 'il file'}: è stato spostato o modificato, o è una cartella.`,
    next: 'Scegli di nuovo il file; di una cartella, scegli i file che contiene.',
  }),
  'document-empty': ({ name }) => ({
    title: `${name ?? 'Questo documento'} è vuoto.`,
    next: 'Allegane uno che abbia del testo.',
  }),
  'document-unknown-kind': ({ name }) => ({
    title: `${name ?? 'Questo file'} non ha testo che Corral possa leggere.`,
    next: 'Allega un file di testo, Markdown, CSV, HTML, PDF, Word (.docx) o EPUB.',
  }),
  'document-missing': ({ name }) => ({
    title: `${name ?? 'Il documento allegato'} non è più su questo dispositivo.`,
    next: 'Riprendi la domanda e allega di nuovo il documento.',
  }),
  'document-too-many': ({ limit }) => ({
    title: 'Sono troppi documenti per una sola domanda.',
    next: `Allegane al massimo ${count(Number(limit ?? 8))}.`,
  }),
  'document-no-room': ({ contextTokens }) => ({
    title: `I documenti non lasciano posto nella finestra del modello${contextTokens ? ` di ${count(Number(contextTokens))} token` : ''}.`,
    next: 'Chiedi con meno documenti, o scegli un modello con una finestra più grande.',
  }),
  'document-not-kept': ({ name }) => ({
    title: `${name ?? 'Il documento'} non è più nella raccolta.`,
    next: 'Allega il file stesso, o aggiungilo di nuovo alla raccolta.',
  }),
  'documents-full': () => ({
    title: 'Lo spazio su questo dispositivo è finito: la raccolta non è cambiata.',
    next: 'Libera dello spazio sul dispositivo, o togli documenti dalla raccolta, poi riprova.',
  }),
  'documents-unreadable': () => ({
    title: 'La raccolta dei documenti non può essere letta o modificata.',
    next: 'Ricarica la pagina. Se succede ancora, forse il browser ha danneggiato la sua memoria.',
  }),
  'dataset-unreadable': ({ line }) => ({
    title: `Questo non è un file di GSM8K o HumanEval (riga ${line ?? 1}).`,
    next: 'Scegli test.jsonl o HumanEval.jsonl.',
  }),
  'sandbox-failed': () => ({
    title: 'Lo spazio protetto che esegue il codice non è partito in questo browser.',
    next: 'La risposta non è stata giudicata. Ricarica la pagina e riprova, o usa un altro browser.',
  }),
  'browser-unsupported': ({ what }) => ({
    title: `A questo browser manca qualcosa di cui Corral ha bisogno${what ? ` (${what})` : ''}.`,
    next: 'Aggiorna il browser, o usane un altro.',
  }),
  aborted: () => ({ title: 'Annullato.', next: 'Invialo di nuovo quando vuoi.' }),
  unknown: () => ({ title: 'Qualcosa è andato storto.', next: 'Riprova, o ricarica la pagina.' }),
};
