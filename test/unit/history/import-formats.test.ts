import { zipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/core/chat/conversation';
import { activePath } from '../../../src/core/chat/branches';
import { exportPieces } from '../../../src/core/history/export-file';
import { LeftOut } from '../../../src/core/history/import-formats/source-chat';
import { sourceChats } from '../../../src/core/history/import-formats/read-chats';
import { AppError } from '../../../src/protocol/errors';
import { type ImportedChats, readChatsFile } from '../../../workers/history/import-file';
import {
  chatgptChat,
  chatgptExport,
  claudeExport,
  llamaCppExport,
  llamaCppLines,
  nextChatExport,
  openWebUiExport,
} from '../../fixtures/chat-exports';
import { expectLinear } from '../processor-time';

const read = (
  content: unknown,
  { signal = new AbortController().signal, onProgress = () => {} } = {},
): Promise<ImportedChats> => {
  const blob = new Blob([
    content instanceof Uint8Array
      ? (content as BlobPart)
      : typeof content === 'string'
        ? content
        : JSON.stringify(content),
  ]);
  return readChatsFile(blob, { signal, onProgress });
};
const only = async (content: unknown): Promise<Conversation> => {
  const { conversations } = await read(content);
  expect(conversations).toHaveLength(1);
  return conversations[0]!;
};
const shown = (conversation: Conversation) =>
  activePath(conversation).map(({ role, text }) => [role, text]);
const codeOf = (content: unknown): Promise<string> =>
  read(content).then(
    () => 'none',
    (cause: unknown) => (AppError.isInstance(cause) ? cause.code : String(cause)),
  );

describe('an export of ChatGPT', () => {
  it('comes with both branches, its times and models, and names of attachments', async () => {
    const chat = await only(chatgptExport);
    expect(chat).toMatchObject({
      id: `chatgpt-${chatgptChat.id}`,
      title: 'Rivers of Italy',
      createdMs: 1_700_000_000_250,
    });
    const question = 'Which is the longest?\n\n📎 map.png\n📎 rivers.pdf';
    expect(chat.turns).toMatchObject([
      { id: 'q1', parentId: null, text: question, atMs: 1_700_000_001_000 },
      { id: 'a1', parentId: 'q1', text: 'The Po.', modelName: 'gpt-4o', state: 'done' },
      { id: 'a2', parentId: 'q1', text: 'It is the Po.', modelName: 'ChatGPT' },
    ]);
    expect(shown(chat).at(-1)).toEqual(['assistant', 'It is the Po.']);
  });

  it('says what was left out', async () => {
    const { leftOut, sourceName } = await read(chatgptExport);
    expect(sourceName).toBe('ChatGPT');
    expect(leftOut).toEqual({ pictures: 1, files: 1, tools: 2, system: 1, chats: 1 });
  });

  it('is found in its archive, beside files that are not read', async () => {
    const archive = zipSync({
      'chat.html': strToU8('<html>'),
      'conversations.json': strToU8(JSON.stringify(chatgptExport)),
    });
    expect((await only(archive)).title).toBe('Rivers of Italy');
  });
});

describe('exports of other programs', () => {
  it('of Claude: texts of attachments become documents, thoughts stay thoughts', async () => {
    const { conversations, documents, leftOut } = await read(claudeExport);
    expect(documents.map(({ text }) => text)).toEqual(['We met on Monday and chose blue.']);
    expect(conversations[0]?.turns[0]).toMatchObject({
      text: 'Sum this up.\n\n📎 logo.png',
      atMs: Date.parse('2025-03-04T10:00:01Z'),
      attachments: [{ id: documents[0]?.id, name: 'minutes.txt', kind: 'text', characters: 32 }],
    });
    expect(conversations[0]?.turns[1]?.text).toBe(
      '<think>\nShort, then.\n</think>\n\nThey chose blue.',
    );
    expect(leftOut).toEqual({ pictures: 1, tools: 2 });
  });

  it('of llama.cpp: as JSON, in a list, as lines, and as an archive of lines', async () => {
    const chat = await only(llamaCppExport);
    expect(shown(chat)).toEqual([
      ['user', 'How long?\n\n📎 pasta.jpg'],
      ['assistant', '<think>\nThe recipe says 9.\n</think>\n\nNine minutes.'],
    ]);
    expect(chat.turns).toHaveLength(3);
    expect(chat.turns[1]).toMatchObject({ modelName: 'llama-2-7b-chat.Q4_K_M.gguf' });
    expect((await read(llamaCppExport)).leftOut).toEqual({ pictures: 1, system: 1 });
    expect(await only([llamaCppExport])).toEqual(chat);
    expect(await only(llamaCppLines)).toEqual(chat);
    expect(await only(zipSync({ '1_conv_l1_pasta.jsonl': strToU8(llamaCppLines) }))).toEqual(chat);
  });

  it('of NextChat: times are read only if they are unambiguous', async () => {
    const chat = await only(nextChatExport);
    const updatedMs = 1_730_000_000_000;
    expect(chat.turns).toMatchObject([
      { text: 'Name a tree.', atMs: new Date(2024, 9, 27, 3, 33, 20).getTime() },
      { text: 'An oak.', atMs: updatedMs, modelName: 'Llama-3.2-1B-Instruct-q4f32_1-MLC' },
      { text: 'Is this one?', atMs: updatedMs },
    ]);
    expect(await only(nextChatExport['chat-next-web-store'])).toEqual(chat);
    expect((await read(nextChatExport)).leftOut).toEqual({ pictures: 1, system: 1 });
    expect(JSON.stringify(chat)).not.toContain('secret');
  });

  it('of Open WebUI: the content of `<details>` is separated from the answer', async () => {
    const { conversations, documents, leftOut } = await read(openWebUiExport);
    expect(shown(conversations[0]!)).toEqual([
      ['user', 'The largest?'],
      ['assistant', '<think>\nJupiter, surely.\n</think>\n\nJupiter.'],
    ]);
    expect(conversations[0]?.turns).toHaveLength(3);
    expect(documents).toHaveLength(1);
    expect(leftOut).toEqual({ tools: 1 });
  });

  it('are the same at a second reading', async () => {
    for (const file of [chatgptExport, claudeExport, llamaCppLines, nextChatExport]) {
      expect(await read(file)).toEqual(await read(file));
    }
  });
});

describe('an export of Corral with documents', () => {
  const exported = async () => {
    const { conversations, documents } = await read(claudeExport);
    return exportPieces(conversations, { exportedMs: 0, notices: [], documents }).join('');
  };

  it('brings them back', async () => {
    const before = await read(claudeExport);
    const after = await read(await exported());
    expect(after).toMatchObject({ sourceName: null, leftOut: {} });
    expect(after.documents).toEqual(before.documents);
    expect(after.conversations).toEqual(before.conversations);
  });

  it('is refused if a text does not match its id, or is not a document', async () => {
    const text = await exported();
    expect(await codeOf(text.replaceAll('chose blue.', 'chose red.'))).toBe('import-damaged');
    for (const documents of [{}, [7], [{ id: '../x', kind: 'text', text: '' }]]) {
      const file = { ...(JSON.parse(text) as object), documents };
      expect(await codeOf(file)).toBe('import-damaged');
    }
  });
});

const node = (parent: string | null, role = 'user', text = 'x') => ({
  parent,
  message: { author: { role }, content: { content_type: 'text', parts: [text] } },
});
const chatgptOf = (mapping: object, rest: object = {}) => [{ id: 'c', mapping, ...rest }];

describe('a hostile file', () => {
  it('with circles, missing parents and loops is read once, and ends', async () => {
    const chat = await only(
      chatgptOf(
        { a: node('b'), b: node('a', 'assistant'), c: node('c'), d: node('gone') },
        { current_node: 'nowhere' },
      ),
    );
    expect(chat.turns.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('with keys of prototypes changes nothing else', async () => {
    const text = JSON.stringify(chatgptOf({ a: node(null) })).replace(
      '"mapping":{',
      '"__proto__":{"title":"Polluted"},"mapping":{"__proto__":{"parent":"constructor","message":null},"constructor":{"parent":"a","message":null},',
    );
    const chat = await only(text);
    expect(chat.title).toBeUndefined();
    expect(({} as Record<string, unknown>)['title']).toBeUndefined();
  });

  it('with ids that are paths, and times beyond all dates', async () => {
    const [bad] = chatgptOf(
      { '../x': node(null), '<b>': node('../x', 'assistant') },
      { create_time: 1e300 },
    );
    const chat = await only([{ ...bad, id: '../../etc' }]);
    expect(chat).toMatchObject({ createdMs: 0 });
    for (const { id } of [chat, ...chat.turns]) expect(id).toMatch(/^[\w-]{1,64}$/);
  });

  it('with values of wrong types leaves them out', async () => {
    const mapping = {
      a: node(null),
      b: null,
      c: 7,
      d: { parent: {}, message: [] },
      e: { parent: 'a', message: { author: 'x', content: { parts: {} } } },
    };
    expect((await only(chatgptOf(mapping, { title: 5, create_time: 'soon' }))).turns).toHaveLength(
      1,
    );
  });

  it('is deep: a chat of 30,000 messages is read, a longer one refused', async () => {
    const chain = (length: number) =>
      chatgptOf(
        Object.fromEntries(
          Array.from({ length }, (_, at) => [
            `n${at}`,
            node(at === 0 ? null : `n${at - 1}`, at % 2 === 0 ? 'user' : 'assistant'),
          ]),
        ),
      );
    expect((await only(chain(30_000))).turns).toHaveLength(30_000);
    expect(await codeOf(chain(40_001))).toBe('import-chat-too-long');
    expect(await codeOf('['.repeat(200) + ']'.repeat(200))).toBe('import-foreign');
  });

  it('that is an archive is unpacked up to a limit, and refused when it is broken', async () => {
    const bomb = zipSync({ 'conversations.json': new Uint8Array(101_000_000) }, { level: 1 });
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await codeOf(bomb)).toBe('import-too-large');
    const good = zipSync({ 'conversations.json': strToU8(JSON.stringify(chatgptExport)) });
    expect(await codeOf(good.subarray(0, good.length - 30))).toBe('import-archive');
    // The directory's entry begins behind the packed file; its flags are 8 bytes in.
    const entryAt = good.findIndex((_, at) =>
      [0x50, 0x4b, 1, 2].every((byte, i) => good[at + i] === byte),
    );
    expect(await codeOf(good.with(entryAt + 8, 1))).toBe('import-archive');
    expect(await codeOf(good.with(60, good[60]! ^ 0xff))).toMatch(/^import-/);
    expect(await codeOf(zipSync({ 'photo.jpg': strToU8('x') }))).toBe('import-foreign');
  });

  it('without a message, or of no known program, is refused', async () => {
    expect(await codeOf(chatgptOf({ a: node(null, 'system', 'Be brief.') }))).toBe(
      'import-no-chats',
    );
    for (const other of ['[]', '[1]', '{"sessions":[]}', '{"type":"message"}\n{}', 'x']) {
      expect(await codeOf(other)).toBe('import-foreign');
    }
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const many = Array.from({ length: 100 }, (_, at) => ({
      ...chatgptChat,
      conversation_id: `${at}`,
    }));
    const done: number[] = [];
    const reading = read(many, {
      signal: controller.signal,
      onProgress: ((progress01: number) => {
        done.push(progress01);
        controller.abort();
      }) as () => void,
    });
    await expect(reading).rejects.toThrow('abort');
    expect(done).toEqual([0.2]);
  });

  it('takes linear time for any content', () => {
    const workOf = (size: number) => {
      const content = '<details type="'.repeat(size) + '\ue200'.repeat(size);
      const messages = { a: { role: 'assistant', content } };
      const openWebUi = sourceChats([{ id: 'w', chat: { history: { messages } } }])!;
      const chatgpt = sourceChats(chatgptOf({ a: node(null, 'assistant', content) }))!;
      return () => [openWebUi, chatgpt].forEach((chats) => chats.read(0, new LeftOut()));
    };
    expectLinear(workOf, 20_000);
  });
});
