/** English texts of a chat's mode and date, shown above the chat. */
import { formatter } from '../format';

const { day } = formatter('en');

export const chatBar = {
  thisChat: {
    title: 'This chat',
    button: (summary: string) => `This chat: ${summary}`,
    dated: (date: string) => `as of ${day(date)}`,
    keeps:
      'Stored with this chat and used for the next new chat. A change applies from your next message on.',
    stale: (date: string) => `This chat goes by ${day(date)}, when it began.`,
    moveOn: (today: string) => `Move on to ${day(today)}`,
    moveOnHint: 'The model then reads the whole chat again, once.',
  },
  safety: {
    title: 'Safety and helpfulness',
    modes: { careful: 'Careful', balanced: 'Balanced', direct: 'Direct' },
    notes: {
      careful:
        'Llama 2’s original safety prompt. It refuses more, at times also what is harmless, and reads some 130 tokens more before the first answer.',
      balanced: 'One short sentence: be helpful. The usual choice.',
      direct:
        'No safety prompt. The model answers most readily, even questions that it should rather refuse; what it learned in training still applies.',
    },
    usual: 'usual for this model',
    policy: 'In every mode:',
    policyLink: 'Meta’s acceptable use policy',
  },
  asOf: {
    title: 'Date',
    hint: 'A model does not know what day it is unless it is told.',
    off: 'Not told',
    today: (date: string) => `Today (${day(date)})`,
    chosen: 'Another day',
    chosenLabel: 'Day that the chat goes by',
    day,
    example: '2021-05-03, or 2007',
    forMessageShort: 'Date',
    forMessage: 'Date for this question',
    forMessageHint: 'You can also type it: “as of 2007: …”.',
    forMessageOf: (date: string) => `As of ${day(date)}`,
    remove: 'Without this date',
  },
};

export type ChatBarMessages = typeof chatBar;
