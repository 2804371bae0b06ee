import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import { attributionNotices, noticesOf } from '../../../src/core/attribution';
import { catalogue } from '../../../src/core/models/catalogue';
import type { AnswerTurn, Conversation } from '../../../src/core/chat/conversation';
import { documentId } from '../../../src/core/documents/document-id';
import { libraryEntry } from '../../../src/core/documents/library';
import {
  exportFile,
  exportPieces,
  readExportedDocuments,
  readExportedLibrary,
  readExportFile,
} from '../../../src/core/history/export-file';
import { asMarkdown } from '../../../src/core/history/markdown-export';
import { llama2Licence, llama2Models } from '../../../src/core/models/llama-2';
import { AppError } from '../../../src/protocol/errors';

const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: 'q',
  text: '# Hi\n<b>',
  atMs: 2,
  modelId: 'm',
  modelName: 'M',
  alsoBy: [{ id: 'n', name: 'N' }],
  state: 'unfinished',
  truncated: false,
  error: { code: 'gpu-lost', data: { seconds: 1, host: 'h' } },
  stats: {
    timeToFirstTokenMs: 1.5,
    tokensPerSecond: 2.5,
    promptTokens: 3,
    cachedTokens: 4,
    completionTokens: 5,
    prefillMs: 6,
  },
};
const conversation: Conversation = {
  schema: 2,
  id: 'c',
  createdMs: 1,
  title: 'T',
  onTop: true,
  turns: [
    { role: 'user', id: 'q', parentId: null, text: 'One? 🦙\u2028', atMs: 1 },
    answer,
    { ...answer, id: 'b', state: 'done' },
    { role: 'user', id: 'q2', parentId: null, text: 'Other?', atMs: 3 },
  ],
  leafId: 'b',
  settings: { ...defaultSettings, pinned: 'Be brief.' },
};
const file = (...conversations: object[]) =>
  exportPieces(conversations as Conversation[], { exportedMs: 0, notices: ['N'] }).join('');

describe('the file of an export', () => {
  it('says what it is', () => {
    expect(JSON.parse(file(conversation))).toMatchObject({
      format: 'corral-conversations',
      version: 1,
      exportedAt: '1970-01-01T00:00:00.000Z',
      notices: ['N'],
    });
  });

  it('is read as exactly what was written', () => {
    const other = { ...conversation, id: 'd', turns: [], leafId: null };
    expect(readExportFile(file(conversation, other))).toEqual([conversation, other]);
    expect(readExportFile(file())).toEqual([]);
  });

  it('has an answer that is being written as unfinished', () => {
    const open = {
      ...conversation,
      turns: [{ ...answer, parentId: null, state: 'streaming' }],
      leafId: 'a',
    };
    expect(readExportFile(file(open))[0]?.turns[0]).toMatchObject({ state: 'unfinished' });
  });

  it('keeps unknown fields, except `__proto__`', () => {
    const strange = JSON.parse(file(conversation)) as { conversations: Record<string, unknown>[] };
    Object.assign(strange.conversations[0]!, { constructor: 1, html: '<script>' });
    const text = JSON.stringify(strange).replace('"html"', '"__proto__"');
    expect(readExportFile(text)).toEqual([{ ...conversation, constructor: 1 }]);
  });

  it('keeps an error that a later version knows', () => {
    const error = { code: 'of-a-later-version', data: {} };
    const later = { ...conversation, turns: [{ ...answer, parentId: null, error }], leafId: 'a' };
    expect(readExportFile(file(later))).toEqual([later]);
  });

  const [question] = conversation.turns;
  it.each([
    ['cut short', '{"format":"corral-conversations","version":1,"conversations":[{', undefined],
    ['no list', '{"format":"corral-conversations","version":1}', 'conversations'],
    ['twice the same', file(conversation, conversation), 'conversations[1].id'],
    ['a number for a title', file({ ...conversation, title: 7 }), 'conversations[0].title'],
    ['an id that is a path', file({ ...conversation, id: '../x' }), 'conversations[0].id'],
    ['a leaf of another tree', file({ ...conversation, leafId: 'x' }), 'conversations[0].leafId'],
    [
      'a circle',
      file({ ...conversation, turns: [{ ...question, parentId: 'q' }], leafId: 'q' }),
      'conversations[0].turns[0].parentId',
    ],
    [
      'a state of no answer',
      file({ ...conversation, turns: [{ ...answer, parentId: null, state: 'x' }], leafId: 'a' }),
      'conversations[0].turns[0].state',
    ],
    [
      'an error without a code',
      file({ ...conversation, turns: [{ ...answer, parentId: null, error: {} }], leafId: 'a' }),
      'conversations[0].turns[0].error.code',
    ],
    [
      'a setting that is none',
      file({ ...conversation, settings: { pinned: 7 } }),
      'conversations[0].settings.pinned',
    ],
    [
      'a time beyond all dates',
      file({ ...conversation, createdMs: 1e300 }),
      'conversations[0].createdMs',
    ],
  ])('is refused with %s', (_, text, where) => {
    const error = errorOf(() => readExportFile(text));
    expect(error).toMatchObject({ code: 'import-damaged', data: where ? { where } : {} });
  });

  it('is refused if another program or a later version wrote it', () => {
    for (const foreign of [
      '',
      '[]',
      'null',
      '"corral-conversations"',
      '{"format":"x"}',
      '<html>',
    ]) {
      expect(errorOf(() => readExportFile(foreign)).code).toBe('import-foreign');
    }
    const newer = file(conversation).replace('"version":1', '"version":2');
    expect(errorOf(() => readExportFile(newer)).code).toBe('import-newer');
    const later = file({ ...conversation, schema: 3 });
    expect(errorOf(() => readExportFile(later)).code).toBe('import-newer');
  });
});

function errorOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (AppError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the library in an export', () => {
  const text = { kind: 'text', text: 'Hay costs seven.' } as const;

  async function written() {
    const document = { ...text, id: await documentId(text) };
    const entry = libraryEntry('hay.txt', document, 5);
    const parts = { exportedMs: 0, notices: [], documents: [document], library: [entry] };
    return { document, entry, json: exportPieces([], parts).join('') };
  }
  const read = (json: string) => {
    const fields = JSON.parse(json) as Record<string, unknown>;
    return readExportedLibrary(fields, readExportedDocuments(fields));
  };

  it('is read as it was written, without a chat beside it', async () => {
    const { entry, json } = await written();
    expect(readExportFile(json)).toEqual([]);
    expect(read(json)).toEqual([entry]);
    expect(read(file(conversation))).toEqual([]);
  });

  it('has its name cleaned, and what its row says made from the text', async () => {
    const { entry, json } = await written();
    const claims = json
      .replace('"hay.txt"', JSON.stringify('../\u202ehay.txt'))
      .replace(/"tokens":\d+/, '"tokens":1e9')
      .replace('"characters":16', '"characters":1');
    expect(claims).not.toBe(json);
    expect(read(claims)).toEqual([entry]);
  });

  it('makes no file that no import would take', async () => {
    const { document } = await written();
    const facts = { exportedMs: 0, notices: [] };
    const withDocuments = { ...facts, documents: [document] };
    expect(errorOf(() => exportFile([], withDocuments, 100)).code).toBe('export-too-large');
    expect(exportFile([], withDocuments).size).toBeGreaterThan(100);
    expect(exportFile([conversation], facts, 100).size).toBeGreaterThan(100);
  });

  it.each([
    ['no list', (json: string) => json.replace(/"library":\[[^]*\]/, '"library":{}'), 'library'],
    ['no entry', (json: string) => json.replace(/"attachment":\{[^}]*\}/, '"x":1'), 'library[0]'],
    [
      'a time that is none',
      (json: string) => json.replace('"keptAtMs":5', '"keptAtMs":1e300'),
      'library[0]',
    ],
    [
      'a text that is not there',
      (json: string) => json.replace(/"documents":\[[^\]]*\]/, '"documents":[]'),
      'library[0]',
    ],
  ])('is refused with %s', async (_, change, where) => {
    const { json } = await written();
    expect(errorOf(() => read(change(json)))).toMatchObject({
      code: 'import-damaged',
      data: { where },
    });
  });
});

describe('attribution', () => {
  const notices = noticesOf(catalogue);
  const by = (change: Partial<AnswerTurn>): Conversation => ({
    ...conversation,
    turns: [{ ...answer, alsoBy: [], ...change }],
  });
  const llama = llama2Licence.terms?.notice;

  it('names Llama 2 once if one of its models answered on any branch', () => {
    const llama2 = by({ modelId: llama2Models.sevenF16.id });
    expect(attributionNotices([llama2, by({}), llama2], notices)).toEqual([llama]);
  });

  it('names it if such a model began and another one continued', () => {
    const begun = by({ modelId: 'cria', alsoBy: [{ id: llama2Models.sevenF32.id, name: 'x' }] });
    expect(attributionNotices([begun], notices)).toEqual([llama]);
  });

  it('knows a model that is gone by its name', () => {
    const gone = by({ modelId: 'own-x', modelName: 'My Llama-2 chat' });
    expect(attributionNotices([gone], notices)).toEqual([llama]);
  });

  it('names nothing for others, nor for an answer of which nothing was written', () => {
    expect(attributionNotices([by({ modelId: 'smollm2-135m' })], notices)).toEqual([]);
    expect(
      attributionNotices([by({ modelId: 'own-llama-20b', modelName: 'Llama 20B' })], notices),
    ).toEqual([]);
    expect(
      attributionNotices([by({ modelId: llama2Models.sevenF16.id, text: '' })], notices),
    ).toEqual([]);
    expect(attributionNotices([by({ modelId: 'constructor' })], notices)).toEqual([]);
  });
});

describe('Markdown', () => {
  const words = {
    you: 'You',
    untitled: 'Untitled',
    unfinished: 'Cut.',
    thoughts: 'Thoughts',
    time: (ms: number) => `t${ms}`,
  };

  it('has the branch that is shown, who wrote it and when, and the notices', () => {
    expect(asMarkdown(conversation, { words, notices: ['Notice.'] })).toBe(
      '# T\n\n## You · t1\n\nOne? 🦙\u2028\n\n## M · t2\n\n# Hi\n<b>\n\n---\n\nNotice.\n',
    );
  });

  it('marks an unfinished answer, and takes no markup from titles', () => {
    const cut = { ...conversation, leafId: 'a', title: '<i>*x*\n# y' };
    const text = asMarkdown(cut, { words, notices: [] });
    expect(text).toContain('# \\<i\\>\\*x\\* \\# y\n');
    expect(text).toMatch(/\n\n\*Cut\.\*\n$/);
  });
});
