/** In place of the storage of conversations, for a temporary chat: what it is given stays in memory alone. */
import type { KeepingStorage } from './kept-conversation.svelte';

export const temporaryStorage: KeepingStorage = {
  load: async () => null,
  save: async (conversation, { base }) => ({ conversation, revision: (base?.revision ?? 0) + 1 }),
  saveLive: async () => {},
  saveDraft: async () => {},
  remove: async () => {},
  // No other tab knows of the answer.
  holdAnswer: async () => () => {},
  heldAnswers: async () => () => true,
  whenReleased: () => {},
};
