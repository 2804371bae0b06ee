/** What the build adds to PDF.js: see vite/pdf-stream-limit.ts. */

/** Of one stream of a PDF, unpacked: the text of a thousand full pages. */
export const maxStreamBytes = 50_000_000;

/** Set in the worker, since PDF.js goes on after an error in a page, with what it has. */
export const tooLargeFlag = 'isPdfStreamTooLarge';

/** Of the worker's only file. */
export const isStreamTooLarge = (): boolean => tooLargeFlag in globalThis;
