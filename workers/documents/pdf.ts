/** The text of a PDF, page by page. Scripts, fonts and external files are never loaded. */
import { getDocument, type PDFPageProxy } from 'unpdf/pdfjs';
import { maxDocumentCharacters, maxDocumentPages } from '../../src/core/documents/document';
import { isStreamTooLarge, maxStreamBytes } from '../../src/core/documents/pdf-stream';
import { visibleText } from '../../src/core/visible-text';
import { AppError } from '../../src/protocol/errors';
import type { DocumentText } from '../../src/protocol/documents';

type TextItem = {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly transform: readonly number[];
  readonly height: number;
};

export async function readPdf(
  data: Uint8Array,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress01: number) => void },
): Promise<DocumentText> {
  const loading = getDocument({
    data,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const pdf = await loading.promise;
    const { numPages: pages } = pdf;
    if (pages > maxDocumentPages) {
      throw new AppError('document-too-long', { pages, limitPages: maxDocumentPages });
    }
    let text = '';
    const pageStarts: number[] = [];
    for (let number = 1; number <= pages; number++) {
      signal.throwIfAborted();
      const page = await pdf.getPage(number);
      const items = await textItems(page, maxDocumentCharacters - text.length);
      page.cleanup();
      if (isStreamTooLarge()) throw tooLarge();
      pageStarts.push(text.length);
      text += `${visibleText(pageText(items))}\n\n`;
      if (text.length > maxDocumentCharacters) throw tooLong();
      onProgress(number / pages);
    }
    if (text.trim() === '') throw new AppError('document-scanned', { pages });
    return { kind: 'pdf', text, pageStarts };
  } catch (cause) {
    throw AppError.isInstance(cause) ? cause : failureOf(cause);
  } finally {
    await loading.destroy().catch(() => {});
  }
}

function failureOf(cause: unknown): AppError {
  const isEncrypted = cause instanceof Error && cause.name === 'PasswordException';
  if (isEncrypted) return new AppError('document-encrypted', {}, { cause });
  return isStreamTooLarge() ? tooLarge() : AppError.from(cause, 'document-broken');
}

const tooLarge = () => new AppError('document-too-large', { limitBytes: maxStreamBytes });

const tooLong = () => new AppError('document-too-long', { limitCharacters: maxDocumentCharacters });

/** Throws `document-too-long` before a page with more characters than `most` fills the memory. */
async function textItems(page: PDFPageProxy, most: number): Promise<readonly TextItem[]> {
  const items: TextItem[] = [];
  let characters = 0;
  const reader = page.streamTextContent().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return items;
    for (const item of value.items) {
      if (!('str' in item)) continue;
      items.push(item);
      characters += item.str.length;
    }
    if (characters > most) {
      await reader.cancel(new AppError('aborted'));
      throw tooLong();
    }
  }
}

/** A gap of more than a line and a half between two lines begins a paragraph. */
function pageText(items: readonly TextItem[]): string {
  let text = '';
  let lastY: number | null = null;
  let isNewLine = true;
  for (const { str, hasEOL, transform, height } of items) {
    const y = transform[5] ?? 0;
    if (isNewLine && str !== '') {
      const gap = lastY === null ? 0 : lastY - y;
      const size = height || Math.abs(transform[3] ?? 0);
      if (size > 0 && gap > 1.8 * size) text += '\n';
      lastY = y;
      isNewLine = false;
    }
    text += str;
    if (hasEOL) {
      text += '\n';
      isNewLine = true;
    }
  }
  return text.trim();
}
