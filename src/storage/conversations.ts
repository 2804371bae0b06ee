/** Conversations in IndexedDB: one record each, and which one is open. */
import { createStore, get, set } from 'idb-keyval';
import type { Conversation } from '../core/conversation';
import { readConversation } from '../core/stored-conversation';

const records = createStore('corral-conversations', 'records');
const currentKey = 'current';

/** The conversation that was open last; null if there is none, or none that this version reads. */
export async function loadCurrent(): Promise<Conversation | null> {
  const id = await get<unknown>(currentKey, records);
  if (typeof id !== 'string') return null;
  return readConversation(await get<unknown>(recordKey(id), records));
}

/** Stores the conversation and makes it the open one. */
export async function saveCurrent(conversation: Conversation): Promise<void> {
  await set(recordKey(conversation.id), conversation, records);
  await set(currentKey, conversation.id, records);
}

const recordKey = (id: string) => `conversation:${id}`;
