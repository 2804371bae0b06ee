/** English texts of the privacy panel. */
import { formatter } from '../format';

const { time } = formatter('en');

export const privacy = {
  privacy: {
    title: 'Privacy',
    text: 'Your messages go to an engine inside this browser and nowhere else. What is fetched are the app’s own files and the models that you choose.',
    sealed: 'The engine is sealed: the browser lets it open no connection at all.',
    notSealed:
      'The engine is not sealed: this host does not send the header that forbids it all connections, and no service worker of this browser added it.',
    notStarted:
      'The engine has not started yet. With your first question you will see here whether it is sealed.',
    fetched: 'Fetched since this page was opened',
    host: 'From',
    ownHost: (host: string) => `${host} (this site)`,
    requests: 'Files',
    amount: 'Amount',
    last: 'Last',
    time,
  },
};

export type PrivacyMessages = typeof privacy;
