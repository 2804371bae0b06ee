/** What the visitor has marked in the chat: the focus in the message field takes the mark itself away. */

let marked: Range | null = null;

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) {
    // Elsewhere, the visitor has taken it away.
    if (document.activeElement?.id !== 'message') marked = null;
    return;
  }
  const range = selection.getRangeAt(0);
  if (range.startContainer.parentElement?.closest('main')) marked = range.cloneRange();
});

/** Null for none; without text if it is no longer shown. */
export const markedRange = (): Range | null => marked;

/** It belongs to the message that has been sent. */
export function forgetMarked(): void {
  marked = null;
}
