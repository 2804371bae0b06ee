/** Italian texts, by screen. */
import type { Messages } from '../en';
import { chat } from './chat';
import { history } from './history';
import { models } from './models';
import { privacy } from './privacy';

export { errors as itErrors } from './errors';

export const it: Messages = {
  app: {
    name: 'Corral',
    newChat: 'Nuova chat',
    privacy: 'Privato: ciò che scrivi resta su questo dispositivo.',
    skip: 'Vai al campo del messaggio',
  },
  errorCode: (code) => `Codice di errore: ${code}`,
  ...chat,
  ...history,
  ...models,
  ...privacy,
};
