/** Italian texts of code that runs, and of previews. */
import type { CodeRunMessages } from '../en/code-run';
import { formatter } from '../format';

const { size } = formatter('it');

export const codeRun: CodeRunMessages = {
  codeRun: {
    run: 'Esegui il codice',
    runPython: (bytes) => `Esegui il codice (scarica Python una volta, ${size(bytes)})`,
    result: 'Risultato del codice',
    starting: 'In esecuzione…',
    fetching: (received, total) => `Scarico Python: ${size(received)} di ${size(total)}`,
    pythonDownload: 'Download di Python',
    stop: 'Ferma',
    close: 'Chiudi',
    stopped: 'Fermato.',
    finished: 'Finito.',
    threw: 'Finito con un errore.',
    late: 'Interrotto: il tempo è scaduto.',
    nothing: 'Non ha stampato nulla.',
    cut: 'Il resto è stato omesso: è troppo lungo.',
    output: 'Output',
    value: 'Valore',
    picture: 'Immagine creata dal codice',
    problems: {
      'python-missing':
        'Questo sito non ha Python. Copia il codice ed eseguilo altrove. (python-missing)',
      'python-offline':
        'Non è stato possibile scaricare Python. Connettiti e riprova. (python-offline)',
      'python-failed':
        'Python non si è avviato. Chiudi altri programmi che usano molta memoria e riprova. (python-failed)',
      'sandbox-failed':
        'L’ambiente isolato non si è avviato. Ricarica la pagina e riprova. (sandbox-failed)',
    },
  },
  preview: {
    open: 'Anteprima',
    title: 'Anteprima del codice',
    note: 'L’anteprima non ha rete e non vede nulla di Corral.',
    scripts: 'Esegui i suoi script',
    scriptsNote: 'Uno script che non finisce mai può bloccare questa scheda.',
    noScripts:
      'Questo browser non può tenere gli script di un’anteprima lontani dalla rete: non vengono eseguiti.',
    failed: 'Non è stato possibile aprire l’anteprima. Ricarica la pagina e riprova.',
  },
};
