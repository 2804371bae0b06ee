/** Runs the shortcuts of `core/settings/shortcuts`. */
import { assertNever } from '../protocol/errors';
import type { Shortcut } from '../core/settings/shortcuts';
import type { IncomingContent } from '../stores/offline/incoming-content.svelte';
import type { Chat } from '../stores/chat/chat.svelte';

interface Subjects {
  readonly chat: Chat;
  readonly incoming: IncomingContent;
  readonly onHelp: () => void;
}

export const messageField = () => document.querySelector<HTMLTextAreaElement>('#message');

/** False if the key should have its default effect. */
export function runShortcut(shortcut: Shortcut, { chat, incoming, onHelp }: Subjects): boolean {
  switch (shortcut) {
    case 'new-chat':
      chat.sessions.startNew();
      messageField()?.focus();
      return true;
    case 'focus-message':
      messageField()?.focus();
      return true;
    case 'stop':
      if (!chat.busy) return false;
      chat.stop();
      return true;
    case 'search': {
      const field = document.querySelector<HTMLElement>('nav input[type="search"]');
      if (field) field.focus();
      else incoming.chatsOpen = true;
      return true;
    }
    case 'help':
      onHelp();
      return true;
    case 'edit-last': {
      const edits = document.querySelectorAll<HTMLButtonElement>('[data-action="edit"]:enabled');
      const last = [...edits].at(-1);
      last?.click();
      return last !== undefined;
    }
    default:
      return assertNever(shortcut);
  }
}
