// What the build changes in PDF.js, on the bundle that is installed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as PdfJs from 'unpdf/pdfjs';
import { expect, it } from 'vitest';
import { isStreamTooLarge } from '../../../src/core/documents/pdf-stream';
import { withStreamLimit } from '../../../vite/pdf-stream-limit';
import { bombPdf, madePdf } from '../../fixtures/made-documents';

const bundle = readFileSync(
  new URL('../../../node_modules/unpdf/dist/pdfjs.mjs', import.meta.url),
  'utf8',
);

it('a stream that unpacks to more than the limit is given up, and others are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pdfjs-'));
  const file = join(folder, 'pdfjs.mjs');
  writeFileSync(file, withStreamLimit(bundle, 1_000_000));
  const { getDocument } = (await import(pathToFileURL(file).href)) as typeof PdfJs;
  const read = async (data: Uint8Array) => {
    const loading = getDocument({ data, verbosity: 0 });
    const page = await (await loading.promise).getPage(1);
    const { items } = await page.getTextContent();
    return items.length;
  };
  try {
    expect(await read(await madePdf([['Words']]))).toBe(1);
    expect(await read(await bombPdf(400_000))).toBe(0);
    expect(isStreamTooLarge()).toBe(false);
    await expect(read(await bombPdf(5_000_000))).rejects.toThrow('too large');
    expect(isStreamTooLarge()).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a PDF.js that reads streams in another way fails the build', () => {
  expect(() => withStreamLimit(bundle.replace('ensureBuffer(', 'fillBuffer('))).toThrow('changed');
});
