/** English texts of installing, and of what the browser does to the page and its storage. */

export const install = {
  install: {
    title: 'Install',
    button: 'Install Corral',
    ways: {
      installed: 'Corral is installed as an app.',
      'apple-touch': 'On an iPhone or iPad: tap Share, then “Add to Home Screen”.',
      'safari-mac': 'In Safari on a Mac: open the File menu, then “Add to Dock”.',
      'firefox-android': 'In Firefox on Android: open the menu, then “Add app to Home screen”.',
      'firefox-windows':
        'In Firefox on Windows: newer versions have a button in the address bar that adds Corral to the taskbar.',
      firefox: 'Firefox does not install pages on this system. A bookmark serves as well.',
      android: 'On Android: open the browser’s menu, then “Add to Home screen”.',
      browser: 'If your browser can install this page, the offer is in its menu.',
    },
    /** For `apple-touch` and `safari-mac`. */
    ownStorage:
      'The installed app has storage of its own: it fetches its model once more. To take your chats along, export them here and import them there.',
    weekly:
      'Safari deletes a site’s data after seven days of use without a visit to the site. Export chats that you want to keep, or install the app: an installed app keeps its data.',
  },
  temporary: {
    text: 'Temporary chat: no part of it is stored, not even a draft. It is gone when you leave it, reload the page or close it.',
    keep: 'Keep it',
    end: 'End it',
  },
  page: {
    label: 'This page',
    insecure:
      'This page came over http://, not https://. You can chat, on one processor thread. Llama 2, several threads, use without a network, installing and copying by a button need https://.',
    ended:
      'The browser ended this page and opened it again, most likely because memory ran short. Your chats are here, up to the last saved text. If it happens again, choose a smaller model, or close other tabs and apps.',
    hung: 'The chat that was open last was not opened by itself: the page stopped the last time that it tried. The chat is still in the list.',
    openHung: 'Open it all the same',
    close: 'Close',
  },
};

export type InstallMessages = typeof install;
