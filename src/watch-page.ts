/** What the page does beside the app; wired when there is time for it. */
import { newId } from './protocol/new-id';
import { wasPageEnded, watchPageEnd } from './pwa/page-end';
import { followScreenKeyboard } from './ui/parts/follow-screen-keyboard';
import { keepFocus } from './ui/parts/keep-focus';

/** `onEnded` is called if the browser ended the page that was here before. */
export function watchPage(onEnded: () => void): ReturnType<typeof watchPageEnd> {
  keepFocus();
  followScreenKeyboard();
  void wasPageEnded().then((ended) => {
    if (ended) onEnded();
  });
  return watchPageEnd(newId());
}
