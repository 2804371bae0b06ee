/** English texts, by screen. They are the key type: every other language must satisfy `Messages`. */
import type { ErrorCode } from '../../protocol/errors';
import { chat } from './chat';
import { chatSettings } from './chat-settings';
import { errors } from './errors';
import { models } from './models';
import { presets } from './presets';
import { privacy } from './privacy';

export const en = {
  app: {
    name: 'Corral',
    newChat: 'New chat',
    privacy: 'Private: what you type stays on this device.',
    skip: 'Skip to the message field',
  },
  storageWarning: 'This browser does not let Corral store anything: the chat is lost on reload.',
  errorCode: (code: ErrorCode) => `Error code: ${code}`,
  ...chat,
  ...chatSettings,
  ...models,
  ...presets,
  ...privacy,
};

export { errors as enErrors };
export type Messages = typeof en;
export type ErrorMessages = typeof errors;
