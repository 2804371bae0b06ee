import { describe, expect, it } from 'vitest';
import {
  type AsOfDate,
  dateOf,
  dateSentence,
  readDate,
  readDatedMessage,
  resolveDate,
  typedMessage,
} from '../../../src/core/prompt/as-of-date';

const date = (text: string) => readDate(text) as AsOfDate;

describe('readDate', () => {
  it.each([
    ['2021-05-03', '2021-05-03'],
    [' 2021-5-3 ', '2021-05-03'],
    ['2007', '2007'],
    ['852', '0852'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['9999-12-31', '9999-12-31'],
  ])('takes %j as %s', (typed, read) => expect(readDate(typed)).toBe(read));

  it.each([
    '2021-02-30',
    '2023-02-29',
    '1900-02-29',
    '2021-04-31',
    '2021-13-01',
    '2021-00-10',
    '2021-01-00',
    '2021-01-32',
    '0000',
    '000-01-01',
    '2021-05',
    '10000',
    '21-05-03',
    '3 May 2021',
    '',
    'today',
    '2021-05-03T00:00',
    '2021-05-03; DROP TABLE',
    2021,
    null,
    undefined,
    {},
  ])('refuses %j', (typed) => expect(readDate(typed)).toBeNull());
});

describe('dateSentence', () => {
  it('writes a day in the words that Cria was trained on', () => {
    expect(dateSentence(date('2021-05-03'))).toBe('Today is 2021-05-03.');
  });

  it('writes a year as a year', () => {
    expect(dateSentence(date('2007'))).toBe('The year is 2007.');
    expect(dateSentence(date('852'))).toBe('The year is 852.');
  });
});

describe('resolveDate', () => {
  const today = dateOf(2026, 11, 24);

  it('is the day itself for today, none for off, and the chosen one otherwise', () => {
    expect(resolveDate('today', today)).toBe('2026-11-24');
    expect(resolveDate('off', today)).toBeNull();
    expect(resolveDate(date('2007'), today)).toBe('2007');
  });
});

describe('readDatedMessage', () => {
  it.each([
    ['as of 2007: how long ago did Barack Obama become president?', '2007'],
    ['As of 2007-06-15 : how long ago did Barack Obama become president?', '2007-06-15'],
    ['al 2007: how long ago did Barack Obama become president?', '2007'],
    ['alla data del 2007-06-15: how long ago did Barack Obama become president?', '2007-06-15'],
  ])('takes the date off %j', (typed, asOf) => {
    expect(readDatedMessage(typed)).toEqual({
      text: 'how long ago did Barack Obama become president?',
      asOf,
      noSuchDate: null,
    });
  });

  it.each(['as of 2007', 'as of 2007:', 'as of late: nothing', 'What about 2007: good?', 'al: 3'])(
    'leaves %j as it is',
    (typed) => {
      expect(readDatedMessage(typed)).toEqual({ text: typed, asOf: null, noSuchDate: null });
    },
  );

  it('keeps a message with many lines whole', () => {
    expect(readDatedMessage('as of 2007: one\ntwo: three').text).toBe('one\ntwo: three');
  });

  it('reads a message that was taken back', () => {
    const typed = typedMessage('How long ago?', date('2007'));
    expect(readDatedMessage(typed)).toMatchObject({ text: 'How long ago?', asOf: '2007' });
    expect(typedMessage('Hello', undefined)).toBe('Hello');
  });

  it('names a date that does not exist', () => {
    const { noSuchDate, asOf } = readDatedMessage('as of 2021-02-30: hello');
    expect([noSuchDate, asOf]).toEqual(['2021-02-30', null]);
  });
});
