/** Italian texts of installing, and of what the browser does to the page and its storage. */
import type { InstallMessages } from '../en/install';

export const install: InstallMessages = {
  install: {
    title: 'Installazione',
    button: 'Installa Corral',
    ways: {
      installed: 'Corral è aperto come app a sé.',
      'apple-touch': 'Su iPhone o iPad: tocca Condividi, poi «Aggiungi alla schermata Home».',
      'safari-mac': 'In Safari su Mac: apri il menu File, poi «Aggiungi al Dock».',
      'firefox-android':
        'In Firefox su Android: apri il menu, poi «Aggiungi app alla schermata Home».',
      'firefox-windows':
        'In Firefox su Windows: le versioni recenti hanno, nella barra degli indirizzi, un pulsante che aggiunge Corral alla barra delle applicazioni.',
      firefox: 'Su questo sistema Firefox non installa pagine. Basta un segnalibro.',
      android: 'Su Android: apri il menu del browser, poi «Aggiungi a schermata Home».',
      browser: 'Se il tuo browser può installare questa pagina, trovi la voce nel suo menu.',
    },
    ownStorage:
      'L’app installata ha dati propri: scarica di nuovo il suo modello. Per portare con te le chat, esportale qui e importale là.',
    weekly:
      'Safari elimina i dati di un sito dopo sette giorni d’uso senza visitarlo. Esporta le chat che vuoi tenere, oppure installa l’app: i dati di un’app installata restano.',
  },
  temporary: {
    text: 'Chat temporanea: non ne viene salvato nulla, nemmeno una bozza. Scompare quando la lasci, ricarichi la pagina o la chiudi.',
    keep: 'Conservala',
    end: 'Terminala',
  },
  page: {
    label: 'Questa pagina',
    insecure:
      'Questa pagina è arrivata con http://, non con https://. Puoi chattare, con un solo thread del processore. Llama 2, più thread, l’uso senza rete, l’installazione e i pulsanti per copiare richiedono https://.',
    ended:
      'Il browser ha chiuso questa pagina e l’ha riaperta, molto probabilmente perché mancava memoria. Le tue chat sono qui fin dove erano scritte. Se succede ancora, scegli un modello più piccolo, o chiudi altre schede e app.',
    hung: 'La chat aperta per ultima non è stata riaperta da sola: l’ultima volta la pagina si è bloccata mentre ci provava. La chat è ancora nell’elenco.',
    openHung: 'Aprila comunque',
    close: 'Chiudi',
  },
};
