/** Invisible between blocks; separates them in copied text and for screen readers. */
export const lineEnd = '\n';
