/** What a file can be used for that another app or the system hands over. */

export type FileUse = 'model' | 'chats' | 'text' | 'long-text' | 'none';

/** Far more than the composer takes; a larger file is not a note. */
export const maxTextBytes = 100_000;

export function useOf(file: Pick<File, 'name' | 'type' | 'size'>): FileUse {
  const name = file.name.toLowerCase();
  if (name.endsWith('.gguf')) return 'model';
  if (file.type === 'application/json' || name.endsWith('.json')) return 'chats';
  const isText = file.type === 'text/plain' || /\.(txt|md)$/.test(name);
  if (!isText) return 'none';
  return file.size <= maxTextBytes ? 'text' : 'long-text';
}
