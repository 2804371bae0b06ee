/** What a file can be used for that another app or the system hands over. */

export type FileUse = 'model' | 'chats' | 'text' | 'document' | 'none';

/** A note, which can stand in the composer; what is larger comes with the question as a document. */
export const maxTextBytes = 4000;

const documentName = /\.(txt|md|markdown|csv|tsv|html?|xhtml|pdf|docx|epub)$/;

export function fileUseOf(file: Pick<File, 'name' | 'type' | 'size'>): FileUse {
  const name = file.name.toLowerCase();
  if (name.endsWith('.gguf')) return 'model';
  if (file.type === 'application/json' || name.endsWith('.json')) return 'chats';
  const isText = file.type === 'text/plain' || /\.(txt|md)$/.test(name);
  if (isText && file.size <= maxTextBytes) return 'text';
  return isText || documentName.test(name) ? 'document' : 'none';
}
