/** The wire format between the page and the history worker, which looks at all conversations at once. */
/** What opens the records of a lock. */
export interface LockSecret {
  readonly lockId: string;
  /** Of 32 bytes. */
  readonly key: Uint8Array;
}

/** What to do with a conversation of an import whose id is here already, with another content. */
export type OnConflict = 'keep-both' | 'replace' | 'skip';

export type HistoryRequest =
  /** Comes first where chats are locked. */
  | { readonly type: 'unlock'; readonly secret: LockSecret }
  /** Gets ready to search: reads all conversations into memory. */
  | { readonly type: 'prepare' }
  | { readonly type: 'search'; readonly query: string; readonly limit: number }
  /** Makes the summaries that are missing, and takes out those of nothing. */
  | { readonly type: 'rebuild' }
  | { readonly type: 'export'; readonly notices: Readonly<Record<string, string | null>> }
  /** Reads and checks a file; stores nothing. */
  | { readonly type: 'read-import'; readonly file: Blob }
  | { readonly type: 'import'; readonly file: Blob; readonly onConflict: OnConflict };

export interface Snippet {
  /** Text around the first place that matches. */
  readonly text: string;
  /** From where to where in it, in UTF-16 units, a word of the query stands. */
  readonly marks: readonly (readonly [number, number])[];
}

export interface SearchHit {
  readonly id: string;
  /** Null where only the title matches. */
  readonly snippet: Snippet | null;
  /** Where in the title a word of the query stands. */
  readonly titleMarks: readonly (readonly [number, number])[];
  /** The turn that the snippet is from. */
  readonly turnId: string | null;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** All that match, of which `hits` are the newest. */
  readonly total: number;
  /** False while conversations are still being read. */
  readonly isComplete: boolean;
}

export interface ImportFacts {
  readonly conversations: number;
  /** Those that are here already, word for word. */
  readonly same: number;
  /** Those whose id is here with another content. */
  readonly conflicts: number;
}

export interface HistoryResults {
  readonly unlock: null;
  readonly prepare: null;
  readonly search: SearchResult;
  readonly rebuild: null;
  readonly export: Blob;
  readonly 'read-import': ImportFacts;
  /** How many were added or replaced. */
  readonly import: number;
}

export type HistoryEvent =
  /** Of a search: what there is so far. */
  | { readonly type: 'found'; readonly result: SearchResult }
  | { readonly type: 'finished'; readonly value: HistoryResults[keyof HistoryResults] };
