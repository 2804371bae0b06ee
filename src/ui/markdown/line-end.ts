/** Unseen between blocks, it keeps apart in copied or read text what stands apart on the page. */
export const lineEnd = '\n';
