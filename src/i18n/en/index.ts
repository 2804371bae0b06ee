/** English texts, by screen. They are the key type: every other language must satisfy `Messages`. */
import type { ErrorCode } from '../../protocol/errors';
import { chat } from './chat';
import { chatSettings } from './chat-settings';
import { errors } from './errors';
import { markdown } from './markdown';
import { history } from './history';
import { models } from './models';
import { offline } from './offline';
import { presets } from './presets';
import { privacy } from './privacy';
import { settings } from './settings';
import { window } from './window';

export const en = {
  app: {
    name: 'Corral',
    close: 'Close',
    newChat: 'New chat',
    privacy: 'Private: what you type stays on this device.',
    skip: 'Skip to the message field',
  },
  errorCode: (code: ErrorCode) => `Error code: ${code}`,
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

export { errors as enErrors };
export type Messages = typeof en;
export type ErrorMessages = typeof errors;
