import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOfSchema } from '../../src/core/chat/best-of';
import type { Conversation } from '../../src/core/chat/conversation';
import { answerTurn, conversationSchema, userTurn } from '../../src/core/chat/conversation-schema';
import { settingsSchema } from '../../src/core/chat/conversation-settings';
import { attachmentSchema, passageSchema } from '../../src/core/documents/document';
import { exportPieces, readExportFile } from '../../src/core/history/export-file';
import { isSameContent } from '../../src/core/same-content';
import { samplingSchema } from '../../src/core/prompt/sampling';
import type { Fields } from '../../src/core/schema';
import { readConversation } from '../../src/core/chat/stored-conversation';
import { anyConversation } from './any-conversation';

const exported = (...conversations: readonly Conversation[]) =>
  exportPieces(conversations, { exportedMs: 0, notices: [] }).join('');
/** A JSON copy, which loses the sign of a zero. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('the fields of a conversation', () => {
  it('survive an export, those of a later version included', () => {
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        const [imported] = readExportFile(exported(conversation));
        expect(imported).toEqual(plain(conversation));
        expect(isSameContent(imported, conversation)).toBe(true);
      }),
    );
  });

  it('survive storage, those of a later version included', () => {
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        expect(readConversation(structuredClone(conversation))).toEqual(conversation);
      }),
    );
  });

  it('are the same for a stored conversation and for its own export', () => {
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        const stored = readConversation(structuredClone(conversation))!;
        expect(isSameContent(readExportFile(exported(stored))[0], stored)).toBe(true);
      }),
    );
  });
});

describe('an invalid stored conversation', () => {
  it('can be exported and imported all the same', () => {
    const strange = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant(undefined));
    const places = fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom('turn' as const, 'settings' as const, 'conversation' as const),
        fc.nat(),
        strange,
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(anyConversation, places, (conversation, changes) => {
        const damaged = structuredClone(conversation);
        const { turns, settings } = damaged;
        for (const [at, place, field, value] of changes) {
          const target = {
            turn: turns[at % turns.length] ?? damaged,
            settings,
            conversation: damaged,
          }[place];
          const names = Object.keys(target).filter((name) => !fixed.has(name));
          if (names.length > 0) Object.assign(target, { [names[field % names.length]!]: value });
        }
        const read = readConversation(damaged);
        if (read) expect(isSameContent(readExportFile(exported(read))[0], read)).toBe(true);
      }),
    );
  });
  /** Ids are Corral's own, never typed by a person; an import cleans titles and tags. */
  const fixed = new Set(['id', 'role', 'modelId', 'modelName', 'title', 'suggestedTitle', 'tags']);

  it('has each turn once, after its parent, and a leaf among them', () => {
    const turn = (id: string, parentId: string | null) => ({
      role: 'user',
      id,
      parentId,
      text: id,
      atMs: 0,
    });
    const read = (turns: readonly object[], leafId: string) =>
      readConversation({ schema: 2, id: 'c', createdMs: 0, turns, leafId, settings: {} });
    const shuffled = read([turn('b', 'a'), turn('a', null), turn('a', null)], 'gone');
    expect(shuffled?.turns.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(shuffled?.leafId).toBe('b');
    const circle = read([turn('a', 'b'), turn('b', 'a'), turn('c', 'none')], 'c');
    expect(circle?.turns.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['a', null],
      ['b', 'a'],
      ['c', null],
    ]);
  });
});

describe('docs/conversation-format.md', () => {
  const lines = readFileSync(new URL('../../docs/conversation-format.md', import.meta.url), 'utf8');

  /** The fields in the table under a heading, and whether each may be absent. */
  function table(heading: string) {
    const section = lines.split(/^## |^### /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)`\s*\| (yes|no)\s*\|/gm)];
    return rows.map(([, name, isOptional]) => [name, isOptional === 'yes']);
  }

  const fieldsOf = (fields: Fields) =>
    Object.entries(fields).map(([name, schema]) => [name, 'isOptional' in schema]);

  it.each([
    ['A conversation', conversationSchema.fields],
    ['A question', userTurn.fields],
    ['An answer', answerTurn.fields],
    ['An attachment', attachmentSchema.fields],
    ['A summary', userTurn.fields.summary.fields!],
    ['A passage', passageSchema.fields],
    ['An error', answerTurn.fields.error.fields!],
    ['Stats', answerTurn.fields.stats.fields!],
    ['Several answers', bestOfSchema.fields],
    ['Settings', settingsSchema.fields],
    ['Sampling', samplingSchema.fields],
  ])('lists under “%s” what the schema has, in its order', (heading, fields) => {
    expect(table(heading)).toEqual(fieldsOf(fields));
  });
});
