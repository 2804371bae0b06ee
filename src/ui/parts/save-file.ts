/** Offers a file to the visitor as a download. */
import { dateOf } from '../../core/prompt/as-of-date';

/** Long enough for a browser to start reading it. */
const keptMs = 60_000;

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}

/** A name for every file system: letters, digits and dashes of the title, and the local date. */
export function fileName(title: string, atMs: number, ending: string): string {
  const words = title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 50)
    .split('-')
    .filter((word) => word !== '')
    .join('-');
  const at = new Date(atMs);
  const day = dateOf(at.getFullYear(), at.getMonth() + 1, at.getDate());
  return `${words || 'chat'}-${day}.${ending}`;
}
