/** English texts of the privacy panel. */
import { formatter } from '../format';

const { time } = formatter('en');

export const privacy = {
  privacy: {
    title: 'Privacy',
    text: (hosts: readonly string[]) =>
      `Your messages go to an engine inside this browser. The browser’s policy lets Corral connect to ${['this site', ...hosts].join(', ')}, and to nobody else. A link in an answer opens only after you have seen its address and confirmed it.`,
    sealed: 'The engine is sealed: the browser lets it open no connection at all.',
    voice:
      'Answers are read aloud only by voices of this device. Dictation works only where the browser recognises speech on the device; no audio leaves it. Code of an answer runs only when you press for it, without a network.',
    limits:
      'No page can protect you from whoever runs this site and can change it, from extensions and keyboards that read what is typed, or from other pages under this address. Corral asks the browser not to check, complete or translate what you type with a service.',
    notSealed:
      'The engine is not sealed: this host does not send the header that forbids it all connections, and no service worker of this browser added it.',
    notStarted:
      'The engine has not started yet. With your first question you will see here whether it is sealed.',
    fetched:
      'Fetched since this page was opened, by the page, its downloads and its service worker',
    host: 'From',
    ownHost: (host: string) => `${host} (this site)`,
    requests: 'Files',
    amount: 'Amount',
    last: 'Last',
    time,
  },
};

export type PrivacyMessages = typeof privacy;
