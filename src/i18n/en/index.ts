/** English texts, by screen. They are the key type: every other language must satisfy `Messages`. */
import type { ErrorCode } from '../../protocol/errors';
import { chat } from './chat';
import { errors } from './errors';
import { history } from './history';
import { models } from './models';
import { privacy } from './privacy';

export const en = {
  app: {
    name: 'Corral',
    newChat: 'New chat',
    privacy: 'Private: what you type stays on this device.',
    skip: 'Skip to the message field',
  },
  errorCode: (code: ErrorCode) => `Error code: ${code}`,
  ...chat,
  ...history,
  ...models,
  ...privacy,
};

export { errors as enErrors };
export type Messages = typeof en;
export type ErrorMessages = typeof errors;
