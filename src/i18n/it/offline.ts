/** Italian: offline use and updates. */
import type { offline as english } from '../en/offline';

export const offline: typeof english = {
  offline: {
    open: 'Offline e installazione',
    title: 'Offline e installazione',
    app: {
      preparing: 'L’app si sta salvando su questo dispositivo, per aprirsi anche senza rete.',
      ready: 'L’app è su questo dispositivo e si apre anche senza rete.',
      unavailable: 'Questo browser non conserva l’app sul dispositivo: si apre solo con la rete.',
      insecure:
        'Questa pagina è arrivata con http://. I browser conservano solo pagine https://: si apre solo con la rete.',
    },
    models: 'Senza rete puoi usare:',
    none: 'Nessun modello è ancora su questo dispositivo. Fai una domanda, o apri Modelli, mentre sei online.',
    states: {
      ready: 'pronto offline',
      'model-absent': 'non ancora su questo dispositivo',
      'app-absent': 'su questo dispositivo, ma il suo motore non è ancora conservato',
    },
    now: {
      ready: (name) => `Sei offline. ${name} è qui: puoi continuare.`,
      'model-absent': (name) => `Sei offline e ${name} non è ancora su questo dispositivo.`,
      'app-absent': (name) =>
        `Sei offline e il motore che serve a ${name} non è conservato su questo dispositivo.`,
    },
    needsNetwork: 'Sei offline: per questo serve la rete.',
  },
  update: {
    ready: 'È pronta una nuova versione.',
    reload: 'Ricarica',
    label: 'Aggiornamento',
  },
};
