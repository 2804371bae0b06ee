/** A document that is to come with the next question, from the moment its file was chosen. */
import type { Attachment, StoredDocument } from '../../core/documents/document';
import type { AppError } from '../../protocol/errors';

export type DraftAttachment = {
  /** Of this page alone. */
  readonly key: string;
  readonly name: string;
} & (
  | { readonly state: 'reading'; readonly done01: number; readonly cancel: () => void }
  | { readonly state: 'failed'; readonly error: AppError }
  | {
      readonly state: 'ready';
      readonly attachment: Attachment;
      readonly document: StoredDocument;
      /** Estimated: what it would take of a window if it were given whole. */
      readonly tokens: number;
    }
);
