/** Whether and how the browser lets the app be installed. */

/** Chromium's own event; not in TypeScript's library. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

/** The function shows the browser's dialog; null when there is nothing to offer (any more). */
export function watchInstallOffer(onOffer: (show: (() => void) | null) => void): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault(); // the app has a button of its own
    const { prompt } = event as InstallPromptEvent;
    onOffer(() => {
      onOffer(null); // an event can be used once
      void prompt.call(event).catch(() => {});
    });
  });
  addEventListener('appinstalled', () => onOffer(null));
}

/** Installed already, on a system where only words can help, or unknown. */
export function readInstallState(): 'installed' | 'ios' | 'browser' {
  const isApp = matchMedia('not all and (display-mode: browser)').matches;
  if (isApp || ('standalone' in navigator === true && navigator.standalone === true)) {
    return 'installed';
  }
  // iPads call themselves Macs, but have touch points.
  const isIos = /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return isIos ? 'ios' : 'browser';
}
