/** The one error type of Corral and its wire form: every failure that a visitor can meet has a code. */

/** Each code has a message and an error action in every language of `src/i18n`. */
export const errorCodes = [
  'offline',
  'download-failed',
  'download-incomplete',
  'model-missing',
  'model-not-here',
  'model-not-a-model',
  'model-damaged',
  'model-changed',
  'model-address',
  'host-not-allowed',
  'host-unconfirmed',
  'files-not-a-model',
  'file-missing',
  'file-damaged',
  'files-needed',
  'template-missing',
  'template-broken',
  'template-too-large',
  'template-endless',
  'template-irregular',
  'format-incomplete',
  'format-too-long',
  'library-missing',
  'model-too-large',
  'model-in-parts',
  'model-recurrent',
  'repository-missing',
  'repository-gated',
  'repository-empty',
  'repository-unreadable',
  'storage-quota',
  'storage-unavailable',
  'library-damaged',
  'library-mismatch',
  'engine-file-missing',
  'engine-failed',
  'engine-died',
  'engine-moved',
  'engine-timeout',
  'engine-stalled',
  'engine-unsealed',
  'model-not-loaded',
  'gpu-unavailable',
  'gpu-lost',
  'out-of-memory',
  'context-overflow',
  'instructions-too-long',
  'answer-too-long',
  'no-such-date',
  'presets-unreadable',
  'presets-newer',
  'presets-too-large',
  'chat-storage-full',
  'chat-not-stored',
  'chats-unreadable',
  'chats-locked',
  'passphrase-wrong',
  'passphrase-short',
  'passphrases-differ',
  'lock-unavailable',
  'import-too-large',
  'import-chat-too-long',
  'import-foreign',
  'import-no-chats',
  'import-archive',
  'import-newer',
  'import-damaged',
  'import-no-room',
  'export-too-large',
  'document-too-large',
  'document-too-long',
  'document-encrypted',
  'document-broken',
  'document-scanned',
  'document-encoding',
  'document-unreadable',
  'document-empty',
  'document-unknown-kind',
  'document-missing',
  'document-too-many',
  'document-no-room',
  'document-not-kept',
  'documents-full',
  'documents-unreadable',
  'dataset-unreadable',
  'sandbox-failed',
  'browser-unsupported',
  'aborted',
  'unknown',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Values for the message, such as `{ needBytes: 98362432 }`; units are in the names. */
export type ErrorData = Readonly<Record<string, string | number>>;

/** The form of an AppError on a message port. */
export interface WireError {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  /** For the console and bug reports; never shown to a visitor. */
  readonly detail: string;
}

const marker = Symbol.for('corral.AppError');

export class AppError extends Error {
  readonly [marker] = true;

  constructor(
    readonly code: ErrorCode,
    readonly data: ErrorData = {},
    options?: ErrorOptions,
  ) {
    super(describe(code, options?.cause), options);
    this.name = 'AppError';
  }

  /** True for an AppError of any bundle: page and workers each carry a copy of this class. */
  static isInstance(value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && marker in value;
  }

  /** `value` itself if it is an AppError, else a new one with the given code and `value` as cause. */
  static from(value: unknown, code: ErrorCode = 'unknown'): AppError {
    if (AppError.isInstance(value)) return value;
    if (value instanceof Error && value.name === 'AbortError') {
      return new AppError('aborted', {}, { cause: value });
    }
    return new AppError(code, {}, { cause: value });
  }
}

function describe(code: ErrorCode, cause: unknown): string {
  if (cause === undefined) return code;
  return `${code}: ${cause instanceof Error ? cause.message : String(cause)}`;
}

export function toWire(error: AppError): WireError {
  return { code: error.code, data: error.data, detail: error.message };
}

/** `fromWire(toWire(e)).code === e.code`; the detail becomes the cause. Anything malformed is `unknown`. */
export function fromWire(wire: WireError | null | undefined): AppError {
  const { code, data, detail } = wire ?? {};
  const known = errorCodes.find((one) => one === code) ?? 'unknown';
  const figures = typeof data === 'object' && data !== null ? data : {};
  return new AppError(known, figures, { cause: typeof detail === 'string' ? detail : 'no detail' });
}

/** For the default branch of a switch over a union: a new member becomes a type error here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
