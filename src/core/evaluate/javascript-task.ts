/**
 * A coding task in JavaScript: the answer defines a function, and calls of it are compared with expected
 * results.
 */
import { withoutBlankLines } from '../trim';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface CodeCall {
  readonly args: readonly Json[];
  /** Never goes into the sandbox, so the code there cannot return it without computing it. */
  readonly result: Json;
}

/** The result of one call in the sandbox. */
export type CodeResult =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'thrown'; readonly message: string };

const fence = /```[^\n`]*\n([^]*?)(?:```|$)/g;

/**
 * The code of an answer: its last fenced block that names the function, else all blocks; without blocks, the
 * whole answer.
 */
export function codeIn(answer: string, entryPoint: string): string {
  const blocks = [...answer.matchAll(fence)].map(([, code = '']) => trimmed(code));
  if (blocks.length === 0) return trimmed(answer);
  return blocks.findLast((code) => code.includes(entryPoint)) ?? blocks.join('\n\n');
}

/** Without empty lines around; the first line keeps its indent, which matters in Python. */
const trimmed = (code: string) => withoutBlankLines(code).trimEnd();

/** Whether all calls gave the expected results; a missing result is wrong. */
export function allPassed(calls: readonly CodeCall[], results: readonly CodeResult[]): boolean {
  return calls.every(({ result }, index) => {
    const found = results[index];
    return found?.type === 'value' && isSame(found.value, result);
  });
}

/** JSON equality, with a relative tolerance of 1e-9 for numbers. */
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
