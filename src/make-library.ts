/** Wires the library of documents; apart from `main.ts`, since it is loaded with its first use. */
import { onConversationChange } from './storage/conversations';
import { addToLibrary, loadLibrary, removeFromLibrary, watchLibrary } from './storage/library';
import type { Chat } from './stores/chat/chat.svelte';
import { DocumentLibrary } from './stores/documents/document-library.svelte';

let made: DocumentLibrary | null = null;

/** The same one each time. */
export function makeLibrary({ documents }: Chat): DocumentLibrary {
  made ??= make(documents);
  return made;
}

function make(documents: Chat['documents']): DocumentLibrary {
  const storage = { load: loadLibrary, add: addToLibrary, remove: removeFromLibrary };
  const library = new DocumentLibrary(storage, documents);
  watchLibrary(() => void library.load());
  onConversationChange(({ type }) => {
    if (type === 'replaced-all') void library.load();
  });
  return library;
}
