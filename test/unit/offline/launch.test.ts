import { describe, expect, it } from 'vitest';
import { fileUseOf, incomingText, readLaunch } from '../../../src/core/offline/launch';
import { isLaunch } from '../../../src/core/offline/launch-params';

const app = 'https://app.example/some/path/';
const opened = (query: string) => readLaunch(`${app}${query}`);
const link = (address: string) => opened(`#protocol=${encodeURIComponent(address)}`).prompt;

describe('what the app was opened for', () => {
  it('is nothing without a parameter in the address', () => {
    for (const query of ['', '?utm_source=news', '#/chat/a']) {
      expect(opened(query)).toEqual({ opens: null, prompt: '', isCut: false, isShare: false });
      expect(isLaunch(`${app}${query}`)).toBe(false);
    }
  });

  it('is a shortcut, if it exists', () => {
    expect(opened('#open=models').opens).toBe('models');
    expect(opened('#open=new-chat').opens).toBe('new-chat');
    expect(opened('#open=settings').opens).toBeNull();
    expect(isLaunch(`${app}#open=settings`)).toBe(true);
  });

  it('is a share, whose content comes by another way', () => {
    expect(opened('#shared')).toEqual({ opens: null, prompt: '', isCut: false, isShare: true });
  });

  it('is a link’s prompt, in any of its forms', () => {
    expect(link('web+corral:?prompt=What%20is%202%20%2B%202%3F')).toBe('What is 2 + 2?');
    expect(link('web+corral://?prompt=Hello')).toBe('Hello');
    expect(link('WEB+CORRAL:Hello%20there')).toBe('Hello there');
    expect(opened('#prompt=Hello').prompt).toBe('Hello');
  });

  it('may be in the query, as earlier installed apps send it', () => {
    expect(opened('?open=models').opens).toBe('models');
    expect(opened('?prompt=Hello').prompt).toBe('Hello');
    expect(isLaunch(`${app}?shared`)).toBe(true);
    expect(opened('?prompt=old#prompt=new').prompt).toBe('new');
  });

  it('is nothing if the link is invalid', () => {
    expect(link('web+corral:%E0%A4%A')).toBe('');
    expect(link('https://elsewhere.example/?prompt=Hello')).toBe('');
    expect(link(`web+corral:${'a'.repeat(40_001)}`)).toBe('');
  });
});

describe('a text from outside', () => {
  const textOf = (text: string) => incomingText(text).text;

  it('loses invisible characters', () => {
    expect(textOf('a\u200bb\ufe00c')).toBe('abc');
    expect(textOf('a\u202eb\u2066c\u0007d\u{e0041}e')).toBe('abcde');
    expect(textOf('one\r\n\ttwo\u001b[31m')).toBe('one\n\ttwo[31m');
  });

  it('keeps the indent of its first line, and loses blank lines at both ends', () => {
    expect(textOf('\n \n    if x:\n        y()\n\n')).toBe('    if x:\n        y()');
  });

  it('is cut with a notice, and never within a character', () => {
    expect(incomingText('a'.repeat(100_000))).toEqual({ text: 'a'.repeat(100_000), isCut: false });
    expect(incomingText('a'.repeat(100_001))).toEqual({ text: 'a'.repeat(100_000), isCut: true });
    expect(incomingText(`${'a'.repeat(9)}🦙`, 10)).toEqual({ text: 'a'.repeat(9), isCut: true });
    expect(textOf('\ud83e')).toBe('\ufffd');
  });

  it('is cut to four thousand characters if it comes with a link', () => {
    const { prompt, isCut } = opened(`#prompt=${'a'.repeat(4001)}`);
    expect([prompt.length, isCut]).toEqual([4000, true]);
    expect(opened(`#prompt=${'a'.repeat(4000)}`).isCut).toBe(false);
  });
});

describe('a file from outside', () => {
  const file = (name: string, type = '', size = 10) => fileUseOf({ name, type, size });

  it('is a model, chats, a text, or nothing that can be used', () => {
    expect(file('Model.Q4_1.GGUF', '', 5e9)).toBe('model');
    expect(file('chats.json')).toBe('chats');
    expect(file('chats', 'application/json')).toBe('chats');
    expect(file('note.md')).toBe('text');
    expect(file('note', 'text/plain')).toBe('text');
    expect(file('photo.png', 'image/png')).toBe('none');
  });

  it('is a document if it is no note', () => {
    expect(file('log.txt', 'text/plain', 4001)).toBe('document');
    expect(file('page.html', 'text/html')).toBe('document');
    expect(file('Report.PDF', 'application/pdf', 5e6)).toBe('document');
    expect(file('letter.docx')).toBe('document');
  });
});
