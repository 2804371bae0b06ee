/** English texts of the privacy panel. */
import { formatter } from '../format';

const { time } = formatter('en');

export const privacy = {
  privacy: {
    title: 'Privacy',
    text: (hosts: readonly string[]) =>
      `Your messages go to an engine inside this browser. The browser’s policy lets Corral connect to ${['this site', ...hosts].join(', ')}, and to no other host. A link in an answer opens only after you have seen its address and confirmed it.`,
    sealed: 'The engine is sealed: the browser lets it open no connection at all.',
    voice:
      'Answers are read aloud only by voices of this device. Dictation works only where the browser recognises speech on the device; no audio leaves it. Code of an answer runs only when you press for it, without a network.',
    limits:
      'No page can protect you from the operator of this site, who can change it, from extensions and keyboards that read what you type, or from other pages under this address. Corral asks the browser not to send what you type to a spelling, completion or translation service.',
    notSealed:
      'The engine is not sealed: this host does not send the header that blocks its connections, and no service worker added it.',
    notStarted:
      'The engine has not started yet. After your first question, this page shows whether it is sealed.',
    fetched:
      'Downloaded since this page was opened, by the page, its downloads and its service worker',
    host: 'From',
    ownHost: (host: string) => `${host} (this site)`,
    requests: 'Files',
    amount: 'Amount',
    last: 'Last',
    time,
  },
};

export type PrivacyMessages = typeof privacy;
