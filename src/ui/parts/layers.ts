/**
 * Open panels beside the message field, the last one on top: Escape closes that one before it stops an answer.
 * Dialogs and menus are above them; the browser closes those itself.
 */

const closers: (() => void)[] = [];

/** For an effect: adds a layer until the returned function is called. */
export function openLayer(close: () => void): () => void {
  closers.push(close);
  return () => void closers.splice(closers.lastIndexOf(close), 1);
}

/** True if Escape was for a layer. */
export function closeTopLayer(): boolean {
  if (document.querySelector('dialog[open], [popover]:popover-open')) return true;
  closers.at(-1)?.();
  return closers.length > 0;
}
