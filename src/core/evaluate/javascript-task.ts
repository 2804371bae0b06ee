/** A coding task in JavaScript: a function that an answer writes, and calls that show whether it is right. */
import { withoutBlankLines } from '../trim';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface CodeCall {
  readonly args: readonly Json[];
  /** Never goes into the sandbox: code in there cannot pretend to have found it. */
  readonly result: Json;
}

/** What one call in the sandbox came to. */
export type CodeResult =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'thrown'; readonly message: string };

const fence = /```[^\n`]*\n([^]*?)(?:```|$)/g;

/**
 * The code of an answer: of its fenced blocks, the last one that names the function, else all of them; the
 * whole answer where it has none.
 */
export function codeIn(answer: string, entryPoint: string): string {
  const blocks = [...answer.matchAll(fence)].map(([, code = '']) => trimmed(code));
  if (blocks.length === 0) return trimmed(answer);
  return blocks.findLast((code) => code.includes(entryPoint)) ?? blocks.join('\n\n');
}

/** Without empty lines around; where a first line begins says something in Python. */
const trimmed = (code: string) => withoutBlankLines(code).trimEnd();

/** Whether the results are those that the calls should have; one that is missing is wrong. */
export function allRight(calls: readonly CodeCall[], results: readonly CodeResult[]): boolean {
  return calls.every(({ result }, index) => {
    const found = results[index];
    return found?.type === 'value' && isSame(found.value, result);
  });
}

/** Equal as JSON is, with numbers as near as sums of decimals come. */
function isSame(found: unknown, wanted: Json): boolean {
  if (typeof wanted === 'number') {
    if (typeof found !== 'number') return false;
    return Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
  }
  if (wanted === null || typeof wanted !== 'object') return found === wanted;
  if (found === null || typeof found !== 'object') return false;
  if (Array.isArray(wanted) !== Array.isArray(found)) return false;
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(found).length &&
    keys.every((key) => {
      if (!Object.hasOwn(found, key)) return false;
      return isSame(
        (found as Record<string, unknown>)[key],
        (wanted as Record<string, Json>)[key]!,
      );
    })
  );
}
