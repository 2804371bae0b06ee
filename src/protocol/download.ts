/** The wire format between a page and the download worker, which verifies and stores models. */
/** Lower-case hexadecimal SHA-256 by file name, for files whose content is known beforehand. */
export type PinnedHashes = Readonly<Record<string, string>>;

/** A file at an address, or one that the visitor picked. */
export type FileOrigin = string | Blob;

/** A folder's address, with a slash at its end, or picked files by their names. */
export type FolderOrigin = string | Readonly<Record<string, Blob>>;

/** Where a model's files lie. */
export type ModelOrigin =
  | { readonly kind: 'gguf'; readonly name: string; readonly file: FileOrigin }
  /** An MLC folder: its tensor-cache.json lists the shards with their sizes and hashes. */
  | { readonly kind: 'mlc'; readonly folder: FolderOrigin; readonly library: FileOrigin };

export type ModelSource = ModelOrigin & {
  readonly modelId: string;
  /** Of an MLC folder: about how much there is to fetch, until the index tells. */
  readonly sizeBytes: number;
  readonly pinned: PinnedHashes;
};

/** What a model's own files say about it. None of it is to be trusted. */
export interface ModelFacts {
  /** What it calls itself; empty if it does not say. */
  readonly name: string;
  readonly licence: string;
  /** All files together. */
  readonly sizeBytes: number;
  /** As many as it was trained for. */
  readonly contextTokens: number;
  /**
   * How it is talked to, as its template says: whoever reads it checks it against `core/prompt/prompt-format`. Absent where
   * the model was added before 2026-11-29, or has no template.
   */
  readonly format?: unknown;
  /** Its tokens that formats use, for whoever reads it to check (`core/prompt/chosen-format`). */
  readonly vocabulary?: unknown;
  /** How its publisher has its tokens chosen, for whoever reads it to check (`core/prompt/sampling`). */
  readonly sampling?: unknown;
  /** Its architecture, for whoever reads it to check (`core/models/model-memory`); absent where the files do not say. */
  readonly shape?: unknown;
  /** The format's name, or that of MLC's conversation template, in models that have no `format`. */
  readonly template: string;
  /** The control token before every prompt, in models that have no `format`. */
  readonly bos?: string;
  /** Of a picked file: tells it from others of its name and size. */
  readonly fingerprint?: string;
  /** MLC's name for it, such as `q4f16_1`; empty for a GGUF. */
  readonly quantisation: string;
  /** Of an MLC folder; 0 for a GGUF. */
  readonly largestTensorBytes: number;
}

/** What a repository has at a commit (40 hexadecimal digits); checked where it was read. */
export interface ListedFiles {
  readonly commit: string;
  readonly files: readonly ListedFile[];
}

export interface ListedFile {
  /** Below the repository's top, with slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal; null for small files, whose hash the hub does not tell. */
  readonly sha256: string | null;
}

/** A port of the fetching worker; null where the visitor picked all files. */
type Network = MessagePort | null;

export type DownloadRequest =
  /** Fetches the model into the weights' store. After an abort what has arrived is kept. */
  | { readonly type: 'download'; readonly source: ModelSource; readonly network: Network }
  /** Asks a model hub what files a repository has. */
  | {
      readonly type: 'list';
      readonly url: string;
      /** Such as `owner/name`, for what is said of it. */
      readonly repository: string;
      readonly network: Network;
    }
  /** Reads what a model says about itself, without its weights. */
  | { readonly type: 'inspect'; readonly origin: ModelOrigin; readonly network: Network }
  /**
   * Takes out of a stored model what is damaged; if nothing is, what no hash vouches for; if there is
   * no such thing, all of it. The next download puts back what is missing.
   */
  | { readonly type: 'discard'; readonly modelId: string }
  /** Compares a stored model with its hashes and takes out what is damaged. */
  | { readonly type: 'verify'; readonly modelId: string };

export type DownloadEvent =
  | { readonly type: 'progress'; readonly receivedBytes: number; readonly totalBytes: number }
  /** A file came over the network, whole or in part. */
  | {
      readonly type: 'fetched';
      readonly url: string;
      readonly bytes: number;
      readonly atMs: number;
    }
  | { readonly type: 'stored' }
  /** The model's own template is rendered now, which may never end: the page ends the worker then. */
  | { readonly type: 'rendering' }
  | { readonly type: 'listed'; readonly files: ListedFiles }
  | { readonly type: 'inspected'; readonly facts: ModelFacts }
  | { readonly type: 'discarded' }
  | { readonly type: 'verified'; readonly damagedFiles: number; readonly files: number };
