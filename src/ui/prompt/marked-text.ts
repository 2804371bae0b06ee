/** What the visitor marked last in the chat: the focus in the message field takes the mark itself away. */

let marked: Range | null = null;

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (range.startContainer.parentElement?.closest('main')) marked = range.cloneRange();
});

/** Empty for none, or if it is no longer shown. */
export const markedText = (): string => marked?.toString() ?? '';
