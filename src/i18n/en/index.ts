/**
 * English texts of what is drawn at once, by screen; `lazy.ts` has the rest. Every language has these keys.
 */
import type { ErrorCode } from '../../protocol/errors';
import { chat } from './chat';
import { chatBar } from './chat-bar';
import { models } from './models';
import { offline } from './offline';

export const en = {
  app: {
    name: 'Corral',
    close: 'Close',
    newChat: 'New chat',
    temporary: 'Temporary chat',
    privacy: 'Private: what you type stays on this device.',
    skip: 'Skip to the message field',
    settings: 'Settings',
    chats: 'Chats',
    closeChats: 'Close the list of chats',
    howPrivate: 'How do I know?',
    notLoaded: 'A part of the app did not load. Check the network, then reload the page.',
  },
  errorCode: (code: ErrorCode) => `Error code: ${code}`,
  ...chat,
  ...chatBar,
  ...models,
  ...offline,
};

export type FirstMessages = typeof en;
