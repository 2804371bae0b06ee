/** Italian texts of what is drawn at once, by screen. */
import type { FirstMessages } from '../en';
import { chat } from './chat';
import { chatBar } from './chat-bar';
import { history } from './history';
import { models } from './models';
import { offline } from './offline';
import { privacy } from './privacy';
import { settings } from './settings';
import { window } from './window';

export const it: FirstMessages = {
  app: {
    name: 'Corral',
    close: 'Chiudi',
    newChat: 'Nuova chat',
    privacy: 'Privato: ciò che scrivi resta su questo dispositivo.',
    skip: 'Vai al campo del messaggio',
    notLoaded: 'Una parte dell’app non si è caricata. Controlla la rete, poi ricarica la pagina.',
  },
  errorCode: (code) => `Codice di errore: ${code}`,
  ...chat,
  ...chatBar,
  ...history,
  ...models,
  ...offline,
  ...privacy,
  ...settings,
  ...window,
};
