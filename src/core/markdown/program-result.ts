/** Checks how a sandbox says that a program of an answer ended: it may be the program's own data. */
import { assertNever } from '../../protocol/errors';
import {
  longestPicture,
  longestPrinted,
  type ProgramResult,
  type SandboxEvent,
  type SandboxPrinted,
} from '../../protocol/sandbox';

const longestError = 4000;
/** In pixels of each side: a small file may claim a huge picture. */
const largestSide = 4096;

/** Of a program that was ended from outside. */
const lateProgram: ProgramResult = {
  value: null,
  png: null,
  error: null,
  isLate: true,
};

/** Of a run that ended in any way. */
export function programResult(
  end: Exclude<SandboxEvent, { type: 'ready' } | SandboxPrinted>,
): ProgramResult {
  switch (end.type) {
    case 'finished':
      return readProgramResult(end.output);
    case 'timed-out':
      return lateProgram;
    case 'broken':
      return { ...lateProgram, isLate: false, error: end.message };
    default:
      return assertNever(end);
  }
}

function readProgramResult(output: unknown): ProgramResult {
  const { value, png, error, isLate } = (output ?? {}) as Record<string, unknown>;
  return {
    value: textOf(value, longestPrinted),
    png: typeof png === 'string' && isPicture(png) ? png : null,
    error: textOf(error, longestError),
    isLate: isLate === true,
  };
}

const textOf = (value: unknown, most: number) =>
  typeof value === 'string' ? value.slice(0, most) : null;

/** PNG: a signature of 8 bytes, then the first chunk with width and height at bytes 16 and 20. */
function isPicture(base64: string): boolean {
  if (base64.length > longestPicture || !/^[A-Za-z0-9+/]{32,}={0,2}$/.test(base64)) return false;
  const start = Uint8Array.from(atob(base64.slice(0, 32)), (char) => char.charCodeAt(0));
  const view = new DataView(start.buffer);
  const isPng = view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a;
  return isPng && view.getUint32(16) <= largestSide && view.getUint32(20) <= largestSide;
}
