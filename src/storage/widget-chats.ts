/**
 * The chat of one widget, for the life of its tab: it survives the site's page changes but never shows in the
 * app's list. Without session storage it lasts as long as the frame.
 */
import { type Conversation } from '../core/chat/conversation';
import { readConversation } from '../core/chat/stored-conversation';

interface Stored {
  readonly conversation: Conversation;
  readonly revision: number;
}

export function widgetChats(name: string) {
  const store = openStore();
  const key = `corral-widget-chat:${name}`;
  const draftKey = `corral-widget-draft:${name}`;
  const read = (): Conversation | null => {
    try {
      return readConversation(JSON.parse(store.getItem(key) ?? 'null'));
    } catch {
      return null;
    }
  };
  return {
    loadCurrentId: async () => read()?.id ?? null,
    saveCurrentId: async () => {},
    load: async (id: string): Promise<(Stored & { readonly draft: string }) | null> => {
      const conversation = read();
      if (conversation?.id !== id) return null;
      return { conversation, revision: 0, draft: store.getItem(draftKey) ?? '' };
    },
    save: async (
      conversation: Conversation,
      { isOpen, draft }: { readonly isOpen: boolean; readonly draft?: string },
    ): Promise<Stored> => {
      // A chat that was replaced by a new one is not kept.
      if (isOpen) store.setItem(key, JSON.stringify(conversation));
      if (isOpen && draft !== undefined) store.setItem(draftKey, draft);
      return { conversation, revision: 0 };
    },
    // Cheap enough at the end of an answer, but not several times a second.
    saveLive: async () => {},
    saveDraft: async (_id: string, draft: string) => store.setItem(draftKey, draft),
    remove: async () => [],
    // Nothing is attached in a widget.
    loadDocument: async () => null,
    // Nobody else writes in it.
    lockAnswer: async () => () => {},
    lockedAnswers: async () => () => false,
    whenReleased: () => {},
  };
}

const refusedKey = (origin: string) => `corral-refused:${origin}`;

/** A visitor who refused is not asked again until the tab is closed. */
export function isSiteRefused(origin: string): boolean {
  return openStore().getItem(refusedKey(origin)) !== null;
}

export function refuseSite(origin: string): void {
  openStore().setItem(refusedKey(origin), '');
}

const allowedKey = (origin: string) => `corral-allowed:${origin}`;

/**
 * If the app's list is out of reach, a permission lasts only as long as a refusal: the visitor could not find
 * it there.
 */
export function isSiteAllowedHere(origin: string): boolean {
  return openStore().getItem(allowedKey(origin)) !== null;
}

export function allowSiteHere(origin: string): void {
  openStore().setItem(allowedKey(origin), '');
}

export function forgetSiteHere(origin: string): void {
  openStore().removeItem(allowedKey(origin));
}

const memory = new Map<string, string>();

function openStore(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return sessionStorage;
  } catch {
    // The browser lets this frame store nothing.
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
  }
}
