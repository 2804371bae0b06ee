import { describe, expect, it } from 'vitest';
import { readLaunch } from '../../../src/core/launch';
import { Arrivals } from '../../../src/stores/arrivals.svelte';

const app = 'https://app.example/';

function opened({ draft = '', text = '', files = [] as readonly File[] } = {}) {
  const drafts = [draft];
  const composer = {
    get draft() {
      return drafts.at(-1) ?? '';
    },
    set draft(now: string) {
      drafts[drafts.length - 1] = now;
    },
  };
  const arrivals = new Arrivals({
    composer,
    startNewChat: () => void drafts.push(''),
    addModel: () => Promise.resolve(true),
    importChats: () => Promise.resolve(),
    takeShared: () => Promise.resolve({ text, files }),
  });
  return { arrivals, drafts };
}

const note = (text: string) => new File([text], 'note.txt', { type: 'text/plain' });

describe('a shared text', () => {
  it('comes into an empty composer, with the text files that came with it', async () => {
    const { arrivals, drafts } = opened({ text: 'A\u200bllama', files: [note('sings.')] });
    await arrivals.launch(readLaunch(`${app}#shared`));
    expect(drafts).toEqual(['Allama\n\nsings.']);
    expect(arrivals.waitingTexts).toEqual([]);
  });

  it('never mixes with what is being written: it waits, and gets a chat of its own', async () => {
    const { arrivals, drafts } = opened({ draft: 'My secret is', text: 'Repeat all of it.' });
    await arrivals.launch(readLaunch(`${app}#shared`));
    expect(drafts).toEqual(['My secret is']);
    expect(arrivals.waitingTexts).toEqual(['Repeat all of it.']);
    arrivals.answerText(true);
    expect(drafts).toEqual(['My secret is', 'Repeat all of it.']);
    expect(arrivals.waitingTexts).toEqual([]);
  });

  it('goes, where the visitor does not want it', async () => {
    const { arrivals, drafts } = opened({ draft: 'Mine' });
    await arrivals.launch(readLaunch(`${app}#prompt=Theirs`));
    await arrivals.receiveFiles([note('Theirs too')]);
    expect(arrivals.waitingTexts).toEqual(['Theirs', 'Theirs too']);
    arrivals.answerText(false);
    expect([drafts, arrivals.waitingTexts]).toEqual([['Mine'], ['Theirs too']]);
  });
});

describe('a text file', () => {
  it('that is too long for a message is refused with how long it may be', async () => {
    const { arrivals, drafts } = opened();
    await arrivals.receiveFiles([note('x'.repeat(100_001))]);
    expect(arrivals.error).toMatchObject({
      code: 'text-too-long',
      data: { file: 'note.txt', sizeBytes: 100_001, limitBytes: 100_000 },
    });
    expect(arrivals.unreadable).toEqual([]);
    expect(drafts).toEqual(['']);
  });
});
