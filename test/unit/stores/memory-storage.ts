/** Conversations in memory, stored as in `src/storage`, for the stores of several tabs. */
import type { AnswerTurn, Conversation } from '../../../src/core/chat/conversation';
import { summaryOf } from '../../../src/core/history/conversation-summary';
import { merged } from '../../../src/core/history/merge';
import { readConversation } from '../../../src/core/chat/stored-conversation';
import type { StoredDocument } from '../../../src/core/documents/document';
import type { ConversationChange } from '../../../src/storage/conversation-channel';
import type { StoredState } from '../../../src/stores/chat/session-storage';
import type { ConversationStorage } from '../../../src/stores/chat/conversation-sessions.svelte';

export class MemoryStorage {
  readonly stored = new Map<string, StoredState>();
  readonly drafts = new Map<string, string>();
  readonly documents = new Map<string, StoredDocument>();
  readonly live = new Map<string, AnswerTurn>();
  /** Answers that a tab is writing. */
  readonly held = new Set<string>();
  currentId: string | null = null;
  /** Thrown by every save while it is set. */
  fault: unknown = null;
  readonly #waiting: { readonly turnId: string; readonly onRelease: () => void }[] = [];
  readonly #listeners = new Set<(change: ConversationChange) => void>();

  /** The storage of one tab; `onStorageChange` receives the changes of all tabs. */
  tab(hear: (change: ConversationChange) => void = () => {}): ConversationStorage {
    this.#listeners.add(hear);
    return {
      loadCurrentId: () => Promise.resolve(this.currentId),
      saveCurrentId: (id) => Promise.resolve(void (this.currentId = id)),
      load: (id) => Promise.resolve(this.#load(id)),
      save: async (conversation, options) => {
        await Promise.resolve();
        if (this.fault) throw this.fault as Error;
        return this.#save(conversation, options);
      },
      saveLive: async (_, answer) => void this.live.set(answer.id, structuredClone(answer)),
      saveDraft: async (id, draft) => void this.drafts.set(id, draft),
      remove: async (id) => {
        this.stored.delete(id);
        this.#tell({ type: 'removed', id });
        return [];
      },
      loadDocument: async (id) => this.documents.get(id) ?? null,
      lockAnswer: async (turnId) => {
        this.held.add(turnId);
        return () => this.release(turnId);
      },
      lockedAnswers: async () => (turnId) => this.held.has(turnId),
      whenReleased: (turnId, _signal, onRelease) => this.#waiting.push({ turnId, onRelease }),
    };
  }

  /** The tab that wrote the answer has ended or crashed. */
  release(turnId: string): void {
    this.held.delete(turnId);
    for (const waiting of this.#waiting) if (waiting.turnId === turnId) waiting.onRelease();
  }

  conversation(id: string): Conversation | undefined {
    return this.stored.get(id)?.conversation;
  }

  #load(id: string) {
    const stored = this.stored.get(id);
    const conversation = readConversation(structuredClone(stored?.conversation));
    if (!stored || !conversation) return null;
    return { conversation, revision: stored.revision, draft: this.drafts.get(id) ?? '' };
  }

  #save(
    conversation: Conversation,
    { base, draft, isOpen, endedIds, documents = [] }: Parameters<ConversationStorage['save']>[1],
  ): StoredState {
    const { id } = conversation;
    const before = this.stored.get(id);
    const revision = (before?.revision ?? 0) + 1;
    const isUnchanged = before?.revision === base?.revision;
    const whole =
      before && !isUnchanged
        ? merged(base?.conversation ?? null, conversation, before.conversation)
        : conversation;
    this.stored.set(id, { conversation: structuredClone(whole), revision });
    for (const document of documents) this.documents.set(document.id, document);
    if (draft !== undefined) this.drafts.set(id, draft);
    if (isOpen) this.currentId = id;
    for (const turnId of endedIds) this.live.delete(turnId);
    this.#tell({ type: 'saved', summary: summaryOf(whole, { revision }) });
    return { conversation: whole, revision };
  }

  #tell(change: ConversationChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Waits until everything under way has ended. */
export async function whenIdle(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
