/** Wires the lock of chats; apart from `main.ts`, since most visitors have none. */
import { mount, unmount } from 'svelte';
import type { Texts } from './i18n';
import {
  changePassphrase,
  deleteLocked,
  readLock,
  removeLock,
  setLock,
  unlock,
} from './storage/lock';
import { markLocked } from './storage/lock-mark';
import { ChatLock } from './stores/chat-lock.svelte';
import type { OpenConversations } from './stores/open-conversations.svelte';
import LockPage from './ui/settings/LockPage.svelte';

const storage = { changePassphrase, deleteLocked, readLock, removeLock, setLock, unlock };
const isAvailable = 'subtle' in crypto;
const restart = () => location.reload();

/** For the settings. */
export async function makeLock(open: OpenConversations): Promise<ChatLock> {
  const lock = new ChatLock({ storage, isAvailable, flush: () => open.flush(), restart });
  await lock.load();
  return lock as ChatLock;
}

/** Asks for the passphrase in the app's place; resolves once the chats can be read. */
export async function passLock(target: HTMLElement, texts: Texts): Promise<void> {
  if ((await readLock()) === null) return markLocked(false);
  const [lock, all] = [
    new ChatLock({ storage, isAvailable, flush: () => {}, restart }),
    await texts.loadAll(),
  ];
  document.documentElement.lang = all.language;
  await new Promise<void>((onOpen) => {
    const page = mount(LockPage, {
      target,
      props: { lock: lock as ChatLock, texts, onOpen: () => void unmount(page).then(onOpen) },
    });
  });
}
