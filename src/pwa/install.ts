/** Whether and how the browser can install the app. */

/** Chromium's own event; not in TypeScript's library. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Calls back with the function that shows the browser's dialog; with null once it can no longer be shown. */
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

/** Whether the app runs in its own window, without the browser's interface. */
export function isInstalled(): boolean {
  const isApp = matchMedia('not all and (display-mode: browser)').matches;
  return isApp || ('standalone' in navigator === true && navigator.standalone === true);
}
