import { describe, expect, it } from 'vitest';
import { maxAttachments, type StoredDocument } from '../../../src/core/documents/document';
import { type LibraryEntry, libraryEntry } from '../../../src/core/documents/library';
import { DocumentLibrary } from '../../../src/stores/documents/document-library.svelte';
import { Documents } from '../../../src/stores/documents/documents.svelte';
import type { DraftAttachment } from '../../../src/stores/documents/draft-attachment';

const document = (id: string): StoredDocument => ({ id, kind: 'text', text: `Words of ${id}.` });

/** The stored library and the stored texts, as several tabs see them. */
class MemoryLibrary {
  readonly entries = new Map<string, LibraryEntry>();
  readonly texts = new Map<string, StoredDocument>();
  fault: unknown = null;

  tab(): DocumentLibrary {
    const storage = {
      load: async () => [...this.entries.values()],
      add: async (entry: LibraryEntry, text: StoredDocument) => {
        if (this.fault) throw this.fault as Error;
        this.entries.set(text.id, entry);
        this.texts.set(text.id, text);
      },
      remove: async (id: string) => {
        const text = this.texts.get(id) ?? null;
        this.entries.delete(id);
        this.texts.delete(id);
        return text;
      },
    };
    const documents = new Documents(async (id) => this.texts.get(id) ?? null);
    return new DocumentLibrary(storage, documents, () => 7);
  }

  put(...ids: readonly string[]): this {
    for (const id of ids) {
      this.texts.set(id, document(id));
      this.entries.set(id, libraryEntry(`${id}.txt`, document(id), 1));
    }
    return this;
  }
}

const question = () => ({ attachments: [] as readonly DraftAttachment[] });
const statesOf = ({ attachments }: { readonly attachments: readonly DraftAttachment[] }) =>
  attachments.map((one) => (one.state === 'failed' ? one.error.code : one.state));

describe('the library', () => {
  it('keeps a document of a chat', async () => {
    const memory = new MemoryLibrary();
    memory.texts.set('d', document('d'));
    const library = memory.tab();
    await library.load();
    expect(library.has('d')).toBe(false);
    await library.add({ id: 'd', name: 'a.txt' });
    expect(library.has('d')).toBe(true);
    expect(memory.entries.get('d')).toMatchObject({ attachment: { name: 'a.txt' }, keptAtMs: 7 });
  });

  it('says so if the text is gone', async () => {
    const library = new MemoryLibrary().tab();
    await library.add({ id: 'd', name: 'a.txt' });
    expect(library.error).toMatchObject({ code: 'document-missing', data: { name: 'a.txt' } });
  });

  it('says so if there is no room, or the storage fails otherwise', async () => {
    const memory = new MemoryLibrary();
    memory.texts.set('d', document('d'));
    const library = memory.tab();
    memory.fault = new DOMException('full', 'QuotaExceededError');
    await library.add({ id: 'd', name: 'a.txt' });
    expect(library.error?.code).toBe('documents-full');
    memory.fault = new Error('damaged');
    await library.add({ id: 'd', name: 'a.txt' });
    expect(library.error?.code).toBe('documents-unreadable');
    memory.fault = null;
    await library.add({ id: 'd', name: 'a.txt' });
    expect(library.error).toBeNull();
  });

  it('takes a removal back', async () => {
    const memory = new MemoryLibrary().put('a', 'b');
    const library = memory.tab();
    await library.load();
    await library.remove('a');
    expect(library.entries?.map(({ attachment }) => attachment.id)).toEqual(['b']);
    expect(memory.texts.has('a')).toBe(false);
    await library.undo();
    expect(library.has('a')).toBe(true);
    expect(memory.texts.get('a')).toEqual(document('a'));
    expect(library.removed).toBeNull();
  });
});

describe('documents of the library for the next question', () => {
  it('are attached with their texts, each once', async () => {
    const library = new MemoryLibrary().put('a', 'b').tab();
    const next = question();
    await library.load();
    await library.attach(next, ['a']);
    await library.attach(next, ['a', 'b']);
    expect(statesOf(next)).toEqual(['ready', 'ready']);
    expect(next.attachments[1]).toMatchObject({ name: 'b.txt', document: document('b') });
  });

  it('that are gone meanwhile are named', async () => {
    const memory = new MemoryLibrary().put('a', 'b');
    const library = memory.tab();
    await library.load();
    memory.texts.delete('a');
    const next = question();
    await library.attach(next, ['a', 'b']);
    expect(statesOf(next)).toEqual(['document-not-kept', 'ready']);
  });

  it('that it has no room for are refused by name', async () => {
    const ids = Array.from({ length: maxAttachments + 2 }, (_, at) => `d${at}`);
    const library = new MemoryLibrary().put(...ids).tab();
    await library.load();
    const next = question();
    await library.attach(next, ids);
    expect(statesOf(next)).toEqual([
      ...Array<string>(maxAttachments).fill('ready'),
      'document-too-many',
    ]);
  });
});
