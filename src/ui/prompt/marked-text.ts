/**
 * The text that the visitor selected last in the chat. The selection itself is lost when the message field gets the
 * focus.
 */

let marked: Range | null = null;

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (range.startContainer.parentElement?.closest('main')) marked = range.cloneRange();
});

/** Empty for none, or if it is no longer shown. */
export const markedText = (): string => marked?.toString() ?? '';
