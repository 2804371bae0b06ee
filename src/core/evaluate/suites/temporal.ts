/** Questions whose answer depends on the as-of date of the chat or of the question. */
import type { AsOfDate } from '../../prompt/as-of-date';
import type { PlainCheck } from '../check';
import { single, type Task } from '../task';

interface Dated {
  readonly asOf: string;
  /** True if the date belongs to the question, not to the chat. */
  readonly isOwn?: boolean;
  readonly text: string;
  readonly check: PlainCheck;
}

const mentions = (...anyOf: string[]): PlainCheck => ({ kind: 'mentions', anyOf });
const moon = 'How many years ago was the Moon landing?';
const wall = 'How many years ago was the fall of the Berlin Wall?';
const web = 'How many years ago was the first web page?';
const rome = 'How many years ago was the Rome Olympics?';

const items: readonly Dated[] = [
  { asOf: '2021-05-03', text: moon, check: mentions('52', 'fifty two') },
  { asOf: '2007-06-15', text: 'What year is it?', check: mentions('2007') },
  { asOf: '2019-11-20', text: wall, check: mentions('30', 'thirty') },
  { asOf: '2011-08-10', isOwn: true, text: web, check: mentions('20', 'twenty') },
  { asOf: '2020-09-01', isOwn: true, text: rome, check: mentions('60', 'sixty') },
  { asOf: '2024-02-28', text: 'What is tomorrow’s date?', check: mentions('29', '29th') },
  { asOf: '2023-02-28', text: 'What month is it tomorrow?', check: mentions('March') },
  { asOf: '1999-12-31', text: 'Which year begins tomorrow?', check: mentions('2000') },
  {
    asOf: '2010-07-04',
    text: 'Somebody was born on 1 March 1980. How old are they today?',
    check: mentions('30', 'thirty'),
  },
  {
    asOf: '2010-07-04',
    text: 'Somebody was born on 1 September 1980. How old are they today?',
    check: mentions('29', 'twenty nine'),
  },
  {
    asOf: '1985',
    text: 'How many years is it until the year 2000?',
    check: mentions('15', 'fifteen'),
  },
  { asOf: '2016-03-15', text: 'Is this year a leap year?', check: mentions('yes', 'it is') },
  {
    asOf: '2015-03-15',
    text: 'Is this year a leap year?',
    check: { kind: 'mentions', anyOf: ['no', 'not'], noneOf: ['yes'] },
  },
  {
    asOf: '2022-12-24',
    text: 'How many days is it until New Year’s Day?',
    check: mentions('8', 'eight'),
  },
  {
    asOf: '1815',
    isOwn: true,
    text: 'Which century is it?',
    check: mentions('19th', 'nineteenth'),
  },
  {
    asOf: '1960-05-01',
    text: 'Has a person walked on the Moon yet? Begin with yes or no.',
    check: { kind: 'mentions', anyOf: ['no', 'not'], noneOf: ['yes'] },
  },
  {
    asOf: '1980-05-01',
    text: 'Has a person walked on the Moon yet? Begin with yes or no.',
    check: mentions('yes'),
  },
  { asOf: '2018-06-30', text: 'In which year was it ten years ago?', check: mentions('2008') },
  {
    asOf: '2013-10-09',
    isOwn: true,
    text: 'What was the year before last?',
    check: mentions('2011'),
  },
  { asOf: '2005-04-17', text: 'Which month comes next?', check: mentions('May') },
  {
    asOf: '1930-01-20',
    isOwn: true,
    text: 'Could I have travelled in a passenger jet by now? Begin with yes or no.',
    check: { kind: 'mentions', anyOf: ['no', 'not'], noneOf: ['yes'] },
  },
];

export function temporalTasks(): readonly Task[] {
  return items.map(({ asOf, isOwn = false, text, check }, index) => {
    const date = asOf as AsOfDate;
    const question = { text, check, ...(isOwn ? { asOf: date } : {}) };
    return { ...single(`temporal/${index + 1}`, question, 80), asOf: isOwn ? null : date };
  });
}
