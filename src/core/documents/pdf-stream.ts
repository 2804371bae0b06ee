/** The limit that the build adds to PDF.js: see vite/pdf-stream-limit.ts. */

/** The unpacked size of one stream of a PDF: the text of a thousand full pages. */
export const maxStreamBytes = 50_000_000;

/** A flag in the worker, because PDF.js continues after an error in a page. */
export const tooLargeFlag = 'isPdfStreamTooLarge';

/** Of the worker's only file. */
export const isStreamTooLarge = (): boolean => tooLargeFlag in globalThis;
