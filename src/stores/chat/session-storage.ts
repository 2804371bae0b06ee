/** Where a conversation is stored: in `src/storage`, or only in memory. */
import type { StoredDocument } from '../../core/documents/document';
import type { AnswerTurn, Conversation } from '../../core/chat/conversation';

export interface StoredState {
  readonly conversation: Conversation;
  readonly revision: number;
}

/** The part of `src/storage` that a conversation needs. */
export interface SessionStorage {
  load(id: string): Promise<(StoredState & { readonly draft: string }) | null>;
  save(
    conversation: Conversation,
    options: {
      readonly base: StoredState | null;
      readonly draft?: string;
      readonly isOpen: boolean;
      readonly endedIds: readonly string[];
      readonly documents?: readonly StoredDocument[];
    },
  ): Promise<StoredState>;
  saveLive(id: string, answer: AnswerTurn): Promise<void>;
  saveDraft(id: string, draft: string): Promise<void>;
  /** Resolves with the documents that were removed with it. */
  remove(id: string): Promise<readonly StoredDocument[]>;
  loadDocument(id: string): Promise<StoredDocument | null>;
  /** Tells other tabs that this one writes the answer. Resolves with a function that ends this. */
  lockAnswer(turnId: string): Promise<() => void>;
  /** Tells which answers some tab is writing now. */
  lockedAnswers(): Promise<(turnId: string) => boolean>;
  whenReleased(turnId: string, signal: AbortSignal, onRelease: () => void): void;
}

/** For a temporary chat: everything stays in memory. */
export const temporaryStorage: SessionStorage = {
  load: async () => null,
  save: async (conversation, { base }) => ({ conversation, revision: (base?.revision ?? 0) + 1 }),
  saveLive: async () => {},
  saveDraft: async () => {},
  remove: async () => [],
  loadDocument: async () => null,
  // No other tab knows of the answer.
  lockAnswer: async () => () => {},
  lockedAnswers: async () => () => true,
  whenReleased: () => {},
};
