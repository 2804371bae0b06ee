/** The texts of documents: those that this page has attached, and those that are stored. */
import type { Attachment, GivenPassage, StoredDocument } from '../../core/documents/document';
import type { Turn } from '../../core/chat/conversation';
import type { DocumentClient } from '../../bridge/document-client';

/** The turns as the model sees them: each question with its documents. */
export interface QuestionDocuments {
  readonly turns: readonly Turn[];
  readonly given: readonly GivenPassage[];
  /** True if the newest question has documents, or passages of them. */
  readonly isInNewest: boolean;
  /** The approximate number of tokens that they take, by the id of the question. */
  readonly tokens: ReadonlyMap<string, number>;
}

/** A document that is shown, at a place of its text. */
export interface OpenedDocument {
  readonly attachment: Pick<Attachment, 'id' | 'name'>;
  readonly from?: number;
  readonly to?: number;
}

export class Documents {
  /** The document in the dialog; null if the dialog is closed. */
  opened = $state.raw<OpenedDocument | null>(null);

  readonly #load: (id: string) => Promise<StoredDocument | null>;
  /** The texts of a temporary chat are stored nowhere else. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
  readonly #known = new Map<string, StoredDocument>();
  #client: DocumentClient | null = null;

  constructor(load: (id: string) => Promise<StoredDocument | null>) {
    this.#load = load;
  }

  remember(document: StoredDocument): void {
    this.#known.set(document.id, document);
  }

  /** Null if its text is no longer stored. */
  async read(id: string): Promise<StoredDocument | null> {
    const document = this.#known.get(id) ?? (await this.#load(id));
    if (document) this.remember(document);
    return document;
  }

  /** Loads the code that reads files and searches in texts. A visitor can type without it. */
  async client(): Promise<DocumentClient> {
    const { DocumentClient } = await import('../../bridge/document-client');
    return (this.#client ??= new DocumentClient());
  }
}
