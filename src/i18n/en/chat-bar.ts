/** English texts of a chat's mode and date, shown above the chat. */
import { formatter } from '../format';

const { day } = formatter('en');

export const chatBar = {
  thisChat: {
    title: 'This chat',
    button: (summary: string) => `This chat: ${summary}`,
    dated: (date: string) => `as of ${day(date)}`,
    keeps: 'Saved with this chat and used for new chats. Changes apply from your next message.',
    stale: (date: string) => `This chat uses the date on which it began, ${day(date)}.`,
    moveOn: (today: string) => `Change to ${day(today)}`,
    moveOnHint: 'The model then reads the whole chat again once.',
  },
  safety: {
    title: 'Safety and helpfulness',
    modes: { careful: 'Careful', balanced: 'Balanced', direct: 'Direct' },
    notes: {
      careful:
        'Llama 2’s original safety prompt. It refuses more often, sometimes harmless requests too, and reads about 130 more tokens before the first answer.',
      balanced: 'One short sentence: be helpful. A good default.',
      direct:
        'No safety prompt. The model refuses least, and may answer questions that it should refuse. What it learned in training still applies.',
    },
    usual: 'default for this model',
    policy: 'In every mode:',
    policyLink: 'Meta’s acceptable use policy',
  },
  asOf: {
    title: 'Date',
    hint: 'A model does not know today’s date unless you tell it.',
    off: 'No date',
    today: (date: string) => `Today (${day(date)})`,
    chosen: 'Another date',
    chosenLabel: 'Date for this chat',
    day,
    example: '2021-05-03, or 2007',
    forMessageShort: 'Date',
    forMessage: 'Date for this question',
    forMessageHint: 'You can also type it: “as of 2007: …”.',
    forMessageOf: (date: string) => `As of ${day(date)}`,
    remove: 'Remove this date',
  },
};

export type ChatBarMessages = typeof chatBar;
