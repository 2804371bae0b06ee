/** The id of a document is derived from its content, so that the same content is stored once. */
import type { DocumentText } from '../../protocol/documents';
import { newId } from '../../protocol/new-id';

/** SHA-256 of kind and text, in hex. A page that is not secure cannot hash, so it makes a new id each time. */
export async function documentId({ kind, text }: DocumentText): Promise<string> {
  const bytes = new TextEncoder().encode(`${kind}\n${text}`);
  const hash = await (crypto.subtle as SubtleCrypto | undefined)?.digest('SHA-256', bytes);
  const hex = (byte: number) => byte.toString(16).padStart(2, '0');
  return hash ? [...new Uint8Array(hash)].map(hex).join('') : newId();
}
