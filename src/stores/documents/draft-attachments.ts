/** The documents of the next question of the shown chat. */
import type { Attachment } from '../../core/documents/document';
import { loaded } from '../../bridge/lazy';
import type { ConversationSessions } from '../chat/conversation-sessions.svelte';
import type { Documents } from './documents.svelte';
import type { DraftAttachment } from './draft-attachment';

const loadAttaching = () => loaded(import('./attaching'));

export class DraftAttachments {
  readonly #sessions: ConversationSessions;
  readonly #documents: Documents;

  constructor(sessions: ConversationSessions, documents: Documents) {
    this.#sessions = sessions;
    this.#documents = documents;
  }

  get list(): readonly DraftAttachment[] {
    return this.#sessions.shown.attachments;
  }

  get isReading(): boolean {
    return this.list.some(({ state }) => state === 'reading');
  }

  get ready(): readonly Attachment[] {
    return this.list.flatMap((one) => (one.state === 'ready' ? [one.attachment] : []));
  }

  /** Reads files; the list shows the progress of each. Rejects if the code for it cannot be loaded. */
  async add(files: readonly File[]): Promise<void> {
    const session = this.#sessions.shown;
    const { attachFiles } = await loadAttaching();
    await attachFiles(session, files, this.#documents);
  }

  /** Adds the documents of a withdrawn question. */
  async again(attachments: readonly Attachment[]): Promise<void> {
    const session = this.#sessions.shown;
    const { attachAgain } = await loadAttaching();
    await attachAgain(session, attachments, this.#documents);
  }

  /** Removes a document; if it is still being read, the reading is cancelled. */
  remove(key: string): void {
    const gone = this.list.find((one) => one.key === key);
    if (gone?.state === 'reading') gone.cancel();
    this.#sessions.shown.attachments = this.list.filter((one) => one !== gone);
  }

  /** Passes the texts on, to be stored with the question that is sent now. */
  send(): void {
    const session = this.#sessions.shown;
    session.addDocuments(this.list.flatMap((one) => (one.state === 'ready' ? [one.document] : [])));
    session.attachments = [];
  }
}
