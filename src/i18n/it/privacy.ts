/** Italian texts of the privacy panel. */
import type { PrivacyMessages } from '../en/privacy';
import { formatter } from '../format';

const { time } = formatter('it');

export const privacy: PrivacyMessages = {
  privacy: {
    title: 'Riservatezza',
    text: (hosts) =>
      `I tuoi messaggi vanno a un motore dentro questo browser. Le regole del browser permettono a Corral di collegarsi a ${['questo sito', ...hosts].join(', ')} e a nessun altro. Il link di una risposta si apre solo dopo che ne hai visto l’indirizzo e hai confermato.`,
    voice:
      'Le risposte sono lette solo da voci di questo dispositivo. La dettatura funziona solo dove il browser riconosce il parlato sul dispositivo: nessun audio lo lascia. Il codice di una risposta viene eseguito solo quando lo chiedi, senza rete.',
    limits:
      'Nessuna pagina può proteggerti da chi gestisce questo sito e può cambiarlo, da estensioni e tastiere che leggono ciò che scrivi, o da altre pagine sotto questo indirizzo. Corral chiede al browser di non controllare, completare o tradurre con un servizio ciò che scrivi.',
    sealed: 'Il motore è sigillato: il browser non gli lascia aprire nessuna connessione.',
    notSealed:
      'Il motore non è sigillato: questo server non manda l’intestazione che gli vieta ogni connessione, e nessun service worker di questo browser l’ha aggiunta.',
    notStarted: 'Il motore non è ancora partito. Con la prima domanda vedrai qui se è sigillato.',
    fetched:
      'Scaricato da quando questa pagina è aperta, da lei, dai suoi download e dal suo service worker',
    host: 'Da',
    ownHost: (host) => `${host} (questo sito)`,
    requests: 'File',
    amount: 'Quantità',
    last: 'Ultimo',
    time,
  },
};
