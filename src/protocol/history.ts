/** The wire format between the page and the history worker, which works on all conversations at once. */
/** Opens the records that a lock has sealed. */
export interface LockSecret {
  readonly lockId: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What to do with an imported conversation whose id is stored already with other content. */
export type OnConflict = 'keep-both' | 'replace' | 'skip';

export interface SearchQuery {
  readonly query: string;
  /** Only chats with all of these tags. */
  readonly tags: readonly string[];
  readonly limit: number;
}

/**
 * The list of chats as the page has it, in the form that is posted fastest: one list for each of a summary's fields, in one
 * order. With it the first search need not wait for the stored summaries.
 */
export interface ListedChats {
  readonly ids: readonly string[];
  readonly revisions: readonly number[];
  readonly updatedMs: readonly number[];
  /** Of those that have any, by their place in the lists. */
  readonly tags: ReadonlyMap<number, readonly string[]>;
}

export type HistoryRequest =
  /** The first request if chats are locked. */
  | { readonly type: 'unlock'; readonly secret: LockSecret }
  /** Reads the words of all conversations into memory for the search. */
  | { readonly type: 'prepare'; readonly listed?: ListedChats }
  | ({ readonly type: 'search' } & SearchQuery)
  /** Writes missing summaries, and deletes those without a conversation. */
  | { readonly type: 'rebuild' }
  | {
      readonly type: 'export';
      readonly notices: Readonly<Record<string, string | null>>;
      /** With the texts of the documents that questions name, and with the library if all chats are exported. */
      readonly withDocuments: boolean;
      /** Absent for all conversations. */
      readonly ids?: readonly string[];
    }
  /** Reads and checks a file, but stores nothing. */
  | { readonly type: 'read-import'; readonly file: Blob }
  | { readonly type: 'import'; readonly file: Blob; readonly onConflict: OnConflict };

export interface Snippet {
  /** Text around the first place that matches. */
  readonly text: string;
  /** The range of each matching word in `text`, in UTF-16 units. */
  readonly marks: readonly (readonly [number, number])[];
}

export interface SearchHit {
  readonly id: string;
  /** Null if only the title matches. */
  readonly snippet: Snippet | null;
  /** The range of each matching word in the title. */
  readonly titleMarks: readonly (readonly [number, number])[];
  /** The turn that the snippet is from. */
  readonly turnId: string | null;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** The number of all hits; `hits` are the newest. */
  readonly total: number;
  /** False while conversations are still being read. */
  readonly isComplete: boolean;
}

/** The kinds of content that an import from another program leaves out and counts. */
export const leftOutKinds = [
  /** Pictures; their names are imported if they have one. */
  'pictures',
  /** Sound and video. */
  'sound',
  /** Attached files of which the export contains only the name. */
  'files',
  /** Tool calls and their results. */
  'tools',
  /** System messages, custom instructions and messages that were hidden. */
  'system',
  /** Thoughts of the model that do not belong to an answer in the export. */
  'thoughts',
  /** Content of a kind that Corral does not know. */
  'other',
  /** Chats without any importable content. */
  'chats',
] as const;

export type LeftOutKind = (typeof leftOutKinds)[number];
export type LeftOutCounts = Readonly<Partial<Record<LeftOutKind, number>>>;

export interface ImportFacts {
  readonly conversations: number;
  /** Conversations that are stored already with the same content. */
  readonly same: number;
  /** Conversations whose id is stored with other content. */
  readonly conflicts: number;
  /** Documents that are new to the library. */
  readonly kept: number;
  /** The program that wrote the file; null for Corral. */
  readonly sourceName: string | null;
  readonly leftOut: LeftOutCounts;
}

export interface HistoryResults {
  readonly unlock: null;
  readonly prepare: null;
  readonly search: SearchResult;
  readonly rebuild: null;
  readonly export: Blob;
  readonly 'read-import': ImportFacts;
  /** The number of conversations that were added or replaced. */
  readonly import: number;
}

export type HistoryEvent =
  /** A partial result of a search. */
  | { readonly type: 'found'; readonly result: SearchResult }
  /** Of an import or an export. */
  | { readonly type: 'progress'; readonly progress01: number }
  | { readonly type: 'finished'; readonly value: HistoryResults[keyof HistoryResults] };
