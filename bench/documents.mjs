// `npm run bench -- documents`: how long a PDF of 300 pages takes to be read and indexed, and a search in it.
import { fileURLToPath } from 'node:url';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { createServer } from 'vite';
import { say } from '../scripts/entry-point.mjs';
import { inProject } from '../scripts/project.mjs';
import questions from '../test/fixtures/document-questions.json' with { type: 'json' };
import { median, round } from './measure/statistics.mjs';

const pages = 300;
const searches = 200;

export default async function benchDocuments() {
  // The worker's own modules, as Vite reads them.
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    server: { middlewareMode: true, ws: false, hmr: false },
    optimizeDeps: { noDiscovery: true },
    logLevel: 'error',
  });
  try {
    /** @param {string} path */
    const load = (path) => server.ssrLoadModule(inProject(path));
    const { readDocument } = await load('workers/documents/read-document.ts');
    const { PassageIndex } = await load('src/core/documents/passage-index.ts');
    say(`Making a PDF of ${pages} pages …`);
    const file = new Blob([new Uint8Array(await longPdf())]);
    const signal = new AbortController().signal;
    const readMs = await timed(() => readDocument(file, 'a.pdf', { signal, onProgress: () => {} }));
    const indexMs = await timed(async () => new PassageIndex(readMs.value));
    const asked = questions.en.questions;
    const searchesMs = [];
    for (let at = 0; at < searches; at++) {
      const { question } = /** @type {{ question: string }} */ (asked[at % asked.length]);
      searchesMs.push((await timed(async () => indexMs.value.search(question, 24))).ms);
    }
    return {
      bench: 'documents',
      pages,
      characters: readMs.value.text.length,
      passages: indexMs.value.size,
      read_ms: round(readMs.ms),
      index_ms: round(indexMs.ms),
      search_median_ms: round(median(searchesMs)),
      search_most_ms: round(Math.max(...searchesMs)),
    };
  } finally {
    await server.close();
  }
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
async function timed(work) {
  const startMs = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startMs };
}

/** Each page has 44 lines of 12 words, among them those of the questions' document. */
async function longPdf() {
  const words = questions.en.sections.flatMap(({ text }) => text.split(/\s+/));
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let page = 0; page < pages; page++) {
    const sheet = pdf.addPage([595, 842]);
    for (let line = 0; line < 44; line++) {
      const from = page * 131 + line * 12;
      const text = Array.from({ length: 12 }, (_, at) => words[(from + at) % words.length]);
      sheet.drawText(text.join(' '), { x: 40, y: 800 - line * 17, size: 9, font });
    }
  }
  return pdf.save();
}
