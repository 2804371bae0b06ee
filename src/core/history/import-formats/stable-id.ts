/** An id that is the same at each import: the source's own where it can be one, else made from it. */
import { isId } from '../../schema';

export function stableId(prefix: string, sourceId: string): string {
  const own = prefix + sourceId;
  return isId(own) ? own : `${prefix}h-${hash(sourceId, 1)}${hash(sourceId, 2)}`;
}

/** 32-bit FNV-1a of UTF-16 units, in hex. Whoever makes two of one value harms only the own file. */
function hash(text: string, seed: number): string {
  let sum = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return (sum >>> 0).toString(16).padStart(8, '0');
}
