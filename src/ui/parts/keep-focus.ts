/**
 * Where the focus goes when what had it is gone: a button that another one replaces, a panel that closes. A
 * keyboard user would be at the beginning of the page; the message field is where most people go on.
 */
import { messageField } from '../shortcut-action';
import { screenKeyboard } from './screen-keyboard.svelte';

export function keepFocus(): void {
  let last: Element | null = null;
  /** What had the focus before a dialog or a menu took it. */
  let opener: Element | null = null;
  addEventListener('focusin', ({ target }) => {
    const next = target as Element;
    if (isInLayer(next) && !(last && isInLayer(last))) opener = last;
    last = next;
  });
  const goHome = () => {
    last = null;
    // A frame takes the focus from nobody, and a keyboard on the screen comes when it is asked for.
    if (document.hasFocus() && !screenKeyboard.isUsed) home()?.focus();
  };
  const observer = new MutationObserver(() => {
    if (last && isLost(last)) goHome();
  });
  const watched = { attributes: true, attributeFilter: ['disabled'], childList: true };
  observer.observe(document.body, { ...watched, subtree: true });
  // The browser gives the focus back to what opened a dialog or a menu, unless that is gone.
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
  // In a dialog, a button that works for a while comes back.
  return element.matches(':disabled') && !element.closest('dialog');
}

function home(): HTMLElement | null {
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  return dialog ? dialog.querySelector<HTMLElement>('button:enabled') : messageField();
}
