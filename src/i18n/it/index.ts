/** Italian texts, by screen. */
import type { Messages } from '../en';
import { chat } from './chat';
import { chatSettings } from './chat-settings';
import { markdown } from './markdown';
import { history } from './history';
import { models } from './models';
import { offline } from './offline';
import { presets } from './presets';
import { privacy } from './privacy';
import { settings } from './settings';
import { window } from './window';

export { errors as itErrors } from './errors';

export const it: Messages = {
  app: {
    name: 'Corral',
    close: 'Chiudi',
    newChat: 'Nuova chat',
    privacy: 'Privato: ciò che scrivi resta su questo dispositivo.',
    skip: 'Vai al campo del messaggio',
  },
  errorCode: (code) => `Codice di errore: ${code}`,
  ...chat,
  ...chatSettings,
  ...markdown,
  ...history,
  ...models,
  ...offline,
  ...presets,
  ...privacy,
  ...settings,
  ...window,
};
