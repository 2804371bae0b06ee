/** What the visitor can do about each error, the best action first. */
import type { ErrorCode, ErrorData } from '../protocol/errors';

export type Action =
  | 'retry'
  | 'download-again'
  | 'accept-change'
  | 'choose-model'
  | 'edit-message'
  | 'send-end'
  | 'continue-from-end';

export const errorActions: Readonly<Record<ErrorCode, readonly Action[]>> = {
  offline: ['retry'],
  'download-failed': ['retry', 'choose-model'],
  'download-incomplete': ['retry'],
  'model-missing': ['download-again'],
  'model-not-here': ['retry', 'choose-model'],
  'model-not-a-model': ['retry'],
  'model-damaged': ['download-again'],
  'model-changed': ['choose-model', 'accept-change'],
  'model-address': ['choose-model'],
  'host-not-allowed': ['choose-model'],
  'host-unconfirmed': ['choose-model'],
  'files-not-a-model': ['choose-model'],
  'file-missing': ['choose-model'],
  'file-damaged': ['choose-model'],
  'files-needed': ['choose-model'],
  'template-missing': ['choose-model'],
  'template-broken': ['choose-model'],
  'template-too-large': ['choose-model'],
  'template-endless': ['choose-model'],
  'template-irregular': ['choose-model'],
  'format-incomplete': ['choose-model'],
  'format-too-long': ['choose-model'],
  'library-missing': ['choose-model'],
  'model-too-large': ['choose-model'],
  'model-in-parts': ['choose-model'],
  'model-recurrent': ['choose-model'],
  'repository-missing': ['choose-model'],
  'repository-gated': ['choose-model'],
  'repository-empty': ['choose-model'],
  'repository-unreadable': ['retry', 'choose-model'],
  'storage-quota': ['retry'],
  'storage-unavailable': ['retry'],
  'library-damaged': ['download-again', 'choose-model'],
  'library-mismatch': ['download-again', 'choose-model'],
  'engine-file-missing': ['retry', 'choose-model'],
  'engine-failed': ['retry', 'choose-model'],
  'engine-died': ['retry'],
  'engine-moved': ['retry'],
  'engine-timeout': ['retry', 'choose-model'],
  'engine-stalled': ['retry', 'choose-model'],
  'engine-unsealed': ['retry'],
  'model-not-loaded': ['retry'],
  'gpu-unavailable': ['choose-model'],
  'gpu-lost': ['retry', 'choose-model'],
  'out-of-memory': ['choose-model', 'retry'],
  'context-overflow': ['edit-message', 'send-end'],
  'instructions-too-long': ['retry', 'choose-model'],
  'answer-too-long': ['continue-from-end', 'choose-model'],
  'no-such-date': ['edit-message'],
  'presets-unreadable': ['retry'],
  'presets-newer': ['retry'],
  'presets-too-large': ['retry'],
  'chat-storage-full': ['retry'],
  'chat-not-stored': ['retry'],
  'chats-unreadable': ['retry'],
  'chats-locked': ['retry'],
  'passphrase-wrong': ['retry'],
  'passphrase-short': ['retry'],
  'passphrases-differ': ['retry'],
  'lock-unavailable': ['retry'],
  'import-too-large': ['retry'],
  'import-chat-too-long': ['retry'],
  'import-foreign': ['retry'],
  'import-no-chats': ['retry'],
  'import-archive': ['retry'],
  'import-newer': ['retry'],
  'import-damaged': ['retry'],
  'import-no-room': ['retry'],
  'document-too-large': ['retry'],
  'document-too-long': ['retry'],
  'document-encrypted': ['retry'],
  'document-broken': ['retry'],
  'document-scanned': ['retry'],
  'document-encoding': ['retry'],
  'document-unreadable': ['retry'],
  'document-empty': ['retry'],
  'document-unknown-kind': ['retry'],
  'document-missing': ['edit-message', 'retry'],
  'document-too-many': ['retry'],
  'document-no-room': ['edit-message', 'choose-model'],
  'document-not-kept': ['retry'],
  'documents-full': ['retry'],
  'documents-unreadable': ['retry'],
  'dataset-unreadable': ['retry'],
  'sandbox-failed': ['retry'],
  'browser-unsupported': ['retry', 'choose-model'],
  aborted: ['retry'],
  unknown: ['retry'],
};

/** The error of a stored answer; a later version may have stored a code without words here. */
export function knownError(error?: { readonly code: ErrorCode; readonly data: ErrorData }) {
  return error && Object.hasOwn(errorActions, error.code)
    ? error
    : { code: 'unknown' as const, data: {} };
}
