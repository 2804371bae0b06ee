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
      firefox: 'Firefox cannot install web apps on this system. Use a bookmark instead.',
      android: 'On Android: open the browser’s menu, then “Add to Home screen”.',
      browser: 'If your browser can install web apps, the command is in its menu.',
    },
    /** For `apple-touch` and `safari-mac`. */
    ownStorage:
      'The installed app has its own storage: it downloads the model again. To move your chats, export them here and import them there.',
    weekly:
      'Safari deletes a site’s data if you use Safari for seven days without visiting the site. Export the chats that you want to keep, or install the app, which keeps its data.',
  },
  temporary: {
    text: 'Temporary chat: nothing is stored, not even a draft. It is deleted when you leave it, or reload or close the page.',
    keep: 'Keep chat',
    end: 'End chat',
  },
  page: {
    label: 'This page',
    insecure:
      'This page was loaded over http://, not https://. You can chat, on one processor thread. Llama 2, several threads, offline use, installing and the copy buttons need https://.',
    ended:
      'The browser closed this page and reloaded it, probably because memory ran low. Your chats are here, up to the last saved text. If it happens again, choose a smaller model, or close other tabs and apps.',
    hung: 'Your last chat was not reopened, because the page stopped responding when it last opened it. The chat is still in the list.',
    openHung: 'Open it anyway',
    close: 'Close',
  },
};

export type InstallMessages = typeof install;
