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

/** Whether the app has a window of its own, and no browser around it. */
export function isInstalled(): boolean {
  const isApp = matchMedia('not all and (display-mode: browser)').matches;
  return isApp || ('standalone' in navigator === true && navigator.standalone === true);
}
