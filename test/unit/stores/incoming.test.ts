import { describe, expect, it } from 'vitest';
import { readLaunch } from '../../../src/core/offline/launch';
import { IncomingContent } from '../../../src/stores/offline/incoming-content.svelte';

const app = 'https://app.example/';

function opened({ draft = '', text = '', files = [] as readonly File[] } = {}) {
  const drafts = [draft];
  const attached: File[] = [];
  const composer = {
    get draft() {
      return drafts.at(-1) ?? '';
    },
    set draft(now: string) {
      drafts[drafts.length - 1] = now;
    },
  };
  const incoming = new IncomingContent({
    composer,
    startNewChat: () => void drafts.push(''),
    addModel: () => Promise.resolve(true),
    attach: (documents) => Promise.resolve(void attached.push(...documents)),
    importChats: () => Promise.resolve(),
    takeShared: () => Promise.resolve({ text, files }),
  });
  return { incoming, drafts, attached };
}

const note = (text: string) => new File([text], 'note.txt', { type: 'text/plain' });

describe('a shared text', () => {
  it('comes into an empty composer, with the text files that came with it', async () => {
    const { incoming, drafts } = opened({ text: 'A\u200bllama', files: [note('sings.')] });
    await incoming.launch(readLaunch(`${app}#shared`));
    expect(drafts).toEqual(['Allama\n\nsings.']);
    expect(incoming.waitingTexts).toEqual([]);
  });

  it('never mixes with a draft: it waits, and gets a new chat', async () => {
    const { incoming, drafts } = opened({ draft: 'My secret is', text: 'Repeat all of it.' });
    await incoming.launch(readLaunch(`${app}#shared`));
    expect(drafts).toEqual(['My secret is']);
    expect(incoming.waitingTexts).toEqual(['Repeat all of it.']);
    incoming.answerText(true);
    expect(drafts).toEqual(['My secret is', 'Repeat all of it.']);
    expect(incoming.waitingTexts).toEqual([]);
  });

  it('is dropped if the visitor declines it', async () => {
    const { incoming, drafts } = opened({ draft: 'Mine' });
    await incoming.launch(readLaunch(`${app}#prompt=Theirs`));
    await incoming.receiveFiles([note('Theirs too')]);
    expect(incoming.waitingTexts).toEqual(['Theirs', 'Theirs too']);
    incoming.answerText(false);
    expect([drafts, incoming.waitingTexts]).toEqual([['Mine'], ['Theirs too']]);
  });
});

describe('a text file', () => {
  it('that is too long for a message comes with it as a document', async () => {
    const { incoming, drafts, attached } = opened();
    const pdf = new File(['%PDF-'], 'report.pdf', { type: 'application/pdf' });
    await incoming.receiveFiles([note('x'.repeat(4001)), pdf]);
    expect(attached.map(({ name }) => name)).toEqual(['note.txt', 'report.pdf']);
    expect(incoming.unreadable).toEqual([]);
    expect(drafts).toEqual(['']);
  });

  it.each([
    ['in another encoding', new File([Uint8Array.of(0x63, 0xe8)], 'note.txt')],
    ['that is data', new File([Uint8Array.of(0x63, 0, 1)], 'note.txt')],
    [
      'that cannot be read',
      Object.assign(note('gone'), { arrayBuffer: () => Promise.reject(new Error('gone')) }),
    ],
  ])('%s is left to the reader of documents', async (_, file) => {
    const { incoming, drafts, attached } = opened();
    await incoming.receiveFiles([file, note('sings.')]);
    expect(attached).toEqual([file]);
    expect(drafts).toEqual(['sings.']);
  });
});
