/**
 * Limits what a stream of a PDF may unpack to. PDF.js reads on as long as there is more, so a file of a megabyte could
 * fill the device's memory. A PDF.js that does this in another way fails the build.
 */
import type { Plugin } from 'vite';
import { maxStreamBytes, tooLargeFlag } from '../src/core/documents/pdf-stream.ts';

/** Where its own decoders enlarge their buffer, and where the browser's unpacks. */
const ownBuffer = /ensureBuffer\((\w+)\)\{(?=const \w+=this\.buffer;if\(\1<=\w+\.byteLength\))/g;
const browserPieces = /for await\(const (\w+) of \w+\)(\w+\.push\(\1\),(\w+)\+=\1\.byteLength);/g;

/** @throws Error where the bundle is not as it was. */
export function withStreamLimit(code: string, limitBytes = maxStreamBytes): string {
  for (const place of [ownBuffer, browserPieces]) {
    const found = code.match(place)?.length ?? 0;
    if (found !== 1) {
      throw new Error(`PDF.js has changed: vite/pdf-stream-limit.ts finds a place ${found} times.`);
    }
  }
  const check = (size: string) =>
    `if(${size}>${limitBytes}){globalThis.${tooLargeFlag}=true;throw new Error('too large')}`;
  return code
    .replace(ownBuffer, (whole, size: string) => whole + check(size))
    .replace(browserPieces, (whole, _piece, push: string, size: string) =>
      whole.replace(`${push};`, `{${push};${check(size)}}`),
    );
}

export function pdfStreamLimit(): Plugin {
  return {
    name: 'corral-pdf-stream-limit',
    transform(code, id) {
      if (!/unpdf\/dist\/pdfjs\.mjs/.test(id)) return null;
      return { code: withStreamLimit(code), map: null };
    },
  };
}
