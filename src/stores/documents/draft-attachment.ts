/** A document of the next question, from the choice of its file on. */
import type { Attachment, StoredDocument } from '../../core/documents/document';
import type { AppError } from '../../protocol/errors';

export type DraftAttachment = {
  /** A key that is valid only in this page. */
  readonly key: string;
  readonly name: string;
} & (
  | { readonly state: 'reading'; readonly progress01: number; readonly cancel: () => void }
  | { readonly state: 'failed'; readonly error: AppError }
  | {
      readonly state: 'ready';
      readonly attachment: Attachment;
      readonly document: StoredDocument;
      /** The estimated number of tokens of the whole document. */
      readonly tokens: number;
    }
);
