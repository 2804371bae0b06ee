/** Italian texts of what is drawn at once, by screen. */
import type { FirstMessages } from '../en';
import { chat } from './chat';
import { chatBar } from './chat-bar';
import { models } from './models';
import { offline } from './offline';

export const it: FirstMessages = {
  app: {
    name: 'Corral',
    close: 'Chiudi',
    newChat: 'Nuova chat',
    temporary: 'Chat temporanea',
    privacy: 'Privato: ciò che scrivi resta su questo dispositivo.',
    skip: 'Vai al campo del messaggio',
    settings: 'Impostazioni',
    chats: 'Chat',
    closeChats: 'Chiudi l’elenco delle chat',
    howPrivate: 'Come lo so?',
    notLoaded: 'Una parte dell’app non si è caricata. Controlla la rete, poi ricarica la pagina.',
  },
  errorCode: (code) => `Codice di errore: ${code}`,
  ...chat,
  ...chatBar,
  ...models,
  ...offline,
};
