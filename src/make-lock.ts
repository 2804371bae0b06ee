/** Wires the lock of chats; apart from `main.ts`, since most visitors have none. */
import { mount, unmount } from 'svelte';
import { loadTexts } from './i18n';
import {
  changePassphrase,
  deleteLocked,
  isLocked,
  removeLock,
  setLock,
  unlock,
} from './storage/lock';
import { markLock } from './storage/lock-mark';
import { ChatLock } from './stores/settings/chat-lock.svelte';
import type { ConversationSessions } from './stores/chat/conversation-sessions.svelte';
import LockPage from './ui/settings/LockPage.svelte';

const storage = { changePassphrase, deleteLocked, isLocked, removeLock, setLock, unlock };

function newChatLock(flush: () => void): ChatLock {
  const restart = () => location.reload();
  return new ChatLock({ storage, isAvailable: 'subtle' in crypto, flush, restart });
}

/** For the settings. */
export async function makeLock(sessions: ConversationSessions): Promise<ChatLock> {
  const lock = newChatLock(() => sessions.flush());
  await lock.load();
  return lock;
}

/** Asks for the passphrase in the app's place; resolves once the chats can be read. */
export async function passLock(target: HTMLElement, languages: readonly string[]): Promise<void> {
  if (!(await isLocked())) return markLock(null);
  const texts = await loadTexts(languages);
  await texts.loadAll();
  document.documentElement.lang = texts.language;
  // Nothing has been typed that would have to be stored.
  const lock = newChatLock(() => {});
  await new Promise<void>((onOpen) => {
    const page = mount(LockPage, {
      target,
      props: { lock, texts, onOpen: () => void unmount(page).then(onOpen) },
    });
  });
}
