/** Reads the files that a visitor chose, and shows the progress of each beside the message field. */
import {
  attachmentOf,
  type Attachment,
  maxAttachments,
  type StoredDocument,
} from '../../core/documents/document';
import { takenForQuestion } from '../../core/documents/library';
import { documentName } from '../../core/documents/document-name';
import { documentId } from '../../core/documents/document-id';
import { estimateTokens } from '../../core/prompt/context-window';
import { AppError, type ErrorCode } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import type { ConversationSession } from '../chat/conversation-session.svelte';
import type { Documents } from './documents.svelte';
import type { DraftAttachment } from './draft-attachment';

type Session = Pick<ConversationSession, 'attachments'>;

export async function attachFiles(
  session: Session,
  files: readonly File[],
  documents: Documents,
): Promise<void> {
  const room = maxAttachments - session.attachments.length;
  const taken = files.slice(0, Math.max(0, room));
  const refused = files[taken.length];
  const reading = taken.map((file) => readFile(session, file, documents));
  if (refused) session.attachments = [...session.attachments, tooMany(documentName(refused.name))];
  await Promise.all(reading);
}

/** Attaches documents of the library; those that are attached already are left out. */
export async function attachFromLibrary(
  session: Session,
  chosen: readonly Attachment[],
  documents: Documents,
): Promise<void> {
  const attached = session.attachments;
  const { taken, refused } = takenForQuestion(chosen, {
    attachedIds: attached.flatMap((one) => (one.state === 'ready' ? [one.attachment.id] : [])),
    count: attached.length,
  });
  await attachStored(session, taken, documents, 'document-not-kept');
  if (refused) session.attachments = [...session.attachments, tooMany(refused.name)];
}

/** Shows the file in the list while it is read, and then the result. */
export async function readFile(session: Session, file: File, documents: Documents): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const key = newId();
  const name = documentName(file.name);
  const show = (next: DraftAttachment | null) => {
    const others = session.attachments.filter((one) => one.key !== key || next !== null);
    session.attachments = others.map((one) => (one.key === key && next ? next : one));
  };
  const cancel = () => controller.abort();
  const reading = (progress01: number) =>
    ({ key, name, state: 'reading', progress01, cancel }) as const;
  session.attachments = [...session.attachments, reading(0)];
  try {
    const client = await documents.client();
    const onProgress = (progress01: number) => show(reading(progress01));
    const read = await client.read(file, { signal, onProgress });
    const document = { ...read, id: await documentId(read) };
    documents.remember(document);
    const isThere = session.attachments.some(
      (one) => one.state === 'ready' && one.document.id === document.id,
    );
    // The same content is attached only once.
    show(isThere ? null : readyAttachment(key, attachmentOf(name, document), document));
  } catch (cause) {
    const error = AppError.from(cause, 'document-broken');
    show(error.code === 'aborted' ? null : { key, name, state: 'failed', error });
  }
}

/** Attaches the documents of a withdrawn question, if their texts are still stored. */
export const attachAgain = (
  session: Session,
  attachments: readonly Attachment[],
  documents: Documents,
): Promise<void> => attachStored(session, attachments, documents, 'document-missing');

async function attachStored(
  session: Session,
  attachments: readonly Attachment[],
  documents: Documents,
  missing: ErrorCode,
): Promise<void> {
  for (const attachment of attachments) {
    const document = await documents.read(attachment.id).catch(() => null);
    const { name } = attachment;
    const one = document
      ? readyAttachment(newId(), attachmentOf(name, document), document)
      : failedAttachment(name, new AppError(missing, { name }));
    session.attachments = [...session.attachments, one];
  }
}

const tooMany = (name: string) =>
  failedAttachment(name, new AppError('document-too-many', { limit: maxAttachments }));

const failedAttachment = (name: string, error: AppError): DraftAttachment => ({
  key: newId(),
  name,
  state: 'failed',
  error,
});

const readyAttachment = (
  key: string,
  attachment: Attachment,
  document: StoredDocument,
): DraftAttachment => ({
  key,
  name: attachment.name,
  state: 'ready',
  attachment,
  document,
  tokens: estimateTokens(document.text),
});
