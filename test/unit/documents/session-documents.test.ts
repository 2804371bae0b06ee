import { describe, expect, it } from 'vitest';
import { emptyConversation } from '../../../src/core/chat/conversation';
import { summaryOf } from '../../../src/core/history/conversation-summary';
import { ConversationSession } from '../../../src/stores/chat/conversation-session.svelte';
import { temporaryStorage } from '../../../src/stores/chat/session-storage';
import { MemoryStorage, whenIdle } from '../stores/memory-storage';

const document = { id: 'd', kind: 'text', text: 'Words.' } as const;
const attachment = { id: 'd', name: 'a.txt', kind: 'text', characters: 6 };
const asked = (id: string) => ({
  ...emptyConversation(id, 0),
  turns: [
    { role: 'user', id: 'q', parentId: null, text: '?', atMs: 0, attachments: [attachment] },
  ] as const,
  leafId: 'q',
});

describe('a document', () => {
  it('is stored with the conversation whose question names it', async () => {
    const memory = new MemoryStorage();
    const session = new ConversationSession(memory.tab(), emptyConversation('c', 0));
    session.addDocuments([document]);
    session.change(asked('c'));
    await whenIdle();
    expect([...memory.documents.keys()]).toEqual(['d']);
  });

  it('of a temporary chat is stored when the chat is kept, not before', async () => {
    const memory = new MemoryStorage();
    const session = new ConversationSession(temporaryStorage, emptyConversation('c', 0));
    session.addDocuments([document]);
    session.change(asked('c'));
    await whenIdle();
    expect(memory.documents.size).toBe(0);
    session.storeIn(memory.tab());
    await whenIdle();
    expect([...memory.documents.keys()]).toEqual(['d']);
  });

  it('is named in the summary of its conversation, by which those that nobody uses are found', () => {
    expect(summaryOf(asked('c'), { revision: 1 }).documents).toEqual(['d']);
    expect(summaryOf(emptyConversation('c', 0), { revision: 1 })).not.toHaveProperty('documents');
  });
});
