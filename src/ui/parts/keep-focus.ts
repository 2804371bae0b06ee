/**
 * Moves the focus to the message field, or into the open dialog, when the focused element disappears, such as a
 * replaced button or a closed panel. Otherwise a keyboard user would start at the beginning of the page.
 */
import { messageField } from '../shortcut-action';
import { screenKeyboard } from './screen-keyboard.svelte';

export function keepFocus(): void {
  let last: Element | null = null;
  /** The element that had the focus before a dialog or a menu took it. */
  let opener: Element | null = null;
  addEventListener('focusin', ({ target }) => {
    const next = target as Element;
    if (isInLayer(next) && !(last && isInLayer(last))) opener = last;
    last = next;
  });
  const goHome = () => {
    last = null;
    // A frame must not take the focus from its page, and focus would open a screen keyboard.
    if (document.hasFocus() && !screenKeyboard.isUsed) home()?.focus();
  };
  const observer = new MutationObserver(() => {
    if (last && isLost(last)) goHome();
  });
  const watched = { attributes: true, attributeFilter: ['disabled'], childList: true };
  observer.observe(document.body, { ...watched, subtree: true });
  // The browser returns the focus to the opener of a dialog or a menu, unless the opener is gone.
  const onLayer = () =>
    setTimeout(() => {
      if (opener && !opener.isConnected && hasNoFocus()) goHome();
    });
  addEventListener('close', onLayer, { capture: true });
  addEventListener('toggle', onLayer, { capture: true });
}

const isInLayer = (element: Element) => element.closest('dialog, [popover]') !== null;

function hasNoFocus(): boolean {
  const { activeElement, body } = document;
  return activeElement === body || activeElement === null;
}

function isLost(element: Element): boolean {
  if (!element.isConnected) return hasNoFocus();
  // In a dialog, a button that is disabled during its work is enabled again.
  return element.matches(':disabled') && !element.closest('dialog');
}

function home(): HTMLElement | null {
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  return dialog ? dialog.querySelector<HTMLElement>('button:enabled') : messageField();
}
