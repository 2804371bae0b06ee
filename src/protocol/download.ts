/** The wire format between a page and the download worker, which verifies and stores models. */
import type { ErrorCode } from './errors';

/** Lower-case hexadecimal SHA-256 by file name, for files whose content is known beforehand. */
export type PinnedHashes = Readonly<Record<string, string>>;

/** The address of a file, or a file that the visitor picked. */
export type FileOrigin = string | Blob;

/** A folder's address, ending with a slash, or picked files by name. */
export type FolderOrigin = string | Readonly<Record<string, Blob>>;

/** Where a model's files lie. */
export type ModelOrigin =
  | { readonly kind: 'gguf'; readonly name: string; readonly file: FileOrigin }
  /** An MLC folder: its tensor-cache.json lists the shards with their sizes and hashes. */
  | { readonly kind: 'mlc'; readonly folder: FolderOrigin; readonly library: FileOrigin };

export type ModelSource = ModelOrigin & {
  readonly modelId: string;
  /** For an MLC folder: an estimate until the index is read. */
  readonly sizeBytes: number;
  readonly pinned: PinnedHashes;
};

/** Why no format could be read from a model's template. */
export const formatFaults = [
  'template-missing',
  'template-broken',
  'template-too-large',
  'template-irregular',
] as const satisfies readonly ErrorCode[];
export type FormatFault = (typeof formatFaults)[number];

/** The metadata in a model's files: untrusted. */
export interface ModelFacts {
  /** The model's name; empty if the files have none. */
  readonly name: string;
  readonly licence: string;
  /** The sum of all files. */
  readonly sizeBytes: number;
  /** The context length that the model was trained for. */
  readonly contextTokens: number;
  /**
   * The prompt format, read from the model's template. Unchecked: see `core/prompt/prompt-format`. Absent if
   * the model was added before 2026-11-29 or has no template.
   */
  readonly format?: unknown;
  /** Why there is no format; absent if unknown. */
  readonly formatFault?: FormatFault;
  /** The tokens that formats use. Unchecked: see `core/prompt/chosen-format`. */
  readonly vocabulary?: unknown;
  /** The publisher's sampling parameters. Unchecked: see `core/prompt/sampling`. */
  readonly sampling?: unknown;
  /** Its architecture. Unchecked: see `core/models/model-memory`. Absent if the files have none. */
  readonly shape?: unknown;
  /** The name of the format or of MLC's conversation template, in models without `format`. */
  readonly template: string;
  /** The control token before every prompt, in models without `format`. */
  readonly bos?: string;
  /** For a picked file: tells it apart from others of the same name and size. */
  readonly fingerprint?: string;
  /** MLC's quantisation name, such as `q4f16_1`; empty for a GGUF. */
  readonly quantisation: string;
  /** For an MLC folder; 0 for a GGUF. */
  readonly largestTensorBytes: number;
}

/** A repository's files at a commit (40 hexadecimal digits); validated by the worker. */
export interface ListedFiles {
  readonly commit: string;
  readonly files: readonly ListedFile[];
}

export interface ListedFile {
  /** The path in the repository, with slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal; null for small files, for which the hub gives no hash. */
  readonly sha256: string | null;
}

/** A port of the fetching worker; null if the visitor picked all files. */
type Network = MessagePort | null;

export type DownloadRequest =
  /** Fetches and stores the model. An abort keeps what has arrived. */
  | { readonly type: 'download'; readonly source: ModelSource; readonly network: Network }
  /** Lists a repository's files on a model hub. */
  | {
      readonly type: 'list';
      readonly url: string;
      /** Such as `owner/name`; for error messages. */
      readonly repository: string;
      readonly network: Network;
    }
  /** Reads a model's metadata, without its weights. */
  | { readonly type: 'inspect'; readonly origin: ModelOrigin; readonly network: Network }
  /**
   * Deletes the damaged files of a stored model; if none is damaged, those that no hash verifies; if there are
   * none either, the whole model. The next download fetches what is missing.
   */
  | { readonly type: 'discard'; readonly modelId: string }
  /** Compares a stored model with its hashes and deletes damaged files. */
  | { readonly type: 'verify'; readonly modelId: string };

export type DownloadEvent =
  | { readonly type: 'progress'; readonly receivedBytes: number; readonly totalBytes: number }
  /** A file was fetched over the network, whole or in part. */
  | {
      readonly type: 'fetched';
      readonly url: string;
      readonly bytes: number;
      readonly atMs: number;
    }
  | { readonly type: 'stored' }
  /** The model's template is being rendered. If that does not end, the page ends the worker. */
  | { readonly type: 'rendering' }
  | { readonly type: 'listed'; readonly files: ListedFiles }
  | { readonly type: 'inspected'; readonly facts: ModelFacts }
  | { readonly type: 'discarded' }
  | { readonly type: 'verified'; readonly damagedFiles: number; readonly files: number };
