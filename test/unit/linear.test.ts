// Texts and chats of any length: nothing takes quadratic time.
import { describe, it } from 'vitest';
import { readDatedMessage } from '../../src/core/prompt/as-of-date';
import { activePath, turnsNotIn, withShownTurn, withoutTurn } from '../../src/core/chat/branches';
import { estimatePart, planWindow, windowSize } from '../../src/core/prompt/context-window';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  emptyConversation,
  answerToContinue,
  type Turn,
} from '../../src/core/chat/conversation';
import { exchangesOf } from '../../src/core/chat/exchanges';
import { titleOf } from '../../src/core/history/conversation-summary';
import { codeIn } from '../../src/core/evaluate/javascript-task';
import { exportPieces, readExportFile } from '../../src/core/history/export-file';
import { incomingText } from '../../src/core/offline/launch';
import { mathText } from '../../src/core/markdown/math-text';
import { merged } from '../../src/core/history/merge';
import { endOf } from '../../src/core/chat/message-end';
import { readAddresses } from '../../src/core/models/model-address';
import { mirrored } from '../../src/core/models/model-hosts';
import { hitOf, searchDocument } from '../../src/core/history/search';
import { readConversation } from '../../src/core/chat/stored-conversation';
import { splitThoughts } from '../../src/core/chat/thoughts';
import { fileName } from '../../src/ui/parts/save-file';
import { readJsonSchema } from '../../src/core/prompt/json-schema';
import { JsonText } from '../../workers/engines/json-text';
import { llama2Tokenizer } from '../../workers/engines/llama2-tokenizer';
import { StopStrings } from '../../workers/engines/stop-strings';
import { ThoughtBudget } from '../../workers/engines/thought-budget';
import { expectLinear } from './processor-time';

/** In Llama 2's vocabulary, behind three control tokens. */
const firstByteToken = 3;

const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: null,
  text: '',
  atMs: 0,
  modelId: 'm',
  state: 'done',
};

/** Questions and answers, one after the other. */
function turnsOf(count: number): Turn[] {
  return Array.from({ length: count }, (_, at): Turn => {
    const place = {
      id: `t${at}`,
      parentId: at === 0 ? null : `t${at - 1}`,
      text: `${at}`,
      atMs: at,
    };
    return at % 2 === 0 ? { role: 'user', ...place } : { ...answer, ...place };
  });
}

function chatOf(turns: readonly Turn[]): Conversation {
  return { ...emptyConversation('chat', 0), turns, leafId: turns.at(-1)?.id ?? null };
}

describe('the time for a text grows with its length', () => {
  const texts: Record<string, (size: number) => string> = {
    'spaces inside': (size) => `a${' '.repeat(size)}b`,
    'spaces at both ends': (size) => `${' '.repeat(size)}b${' '.repeat(size)}`,
    'blank lines': (size) => ' \n'.repeat(size),
    'dashes and slashes': (size) => `a${'-/'.repeat(size)}b`,
    'fences that open and close': (size) => '```a\n``` '.repeat(size / 4),
    'marks of thoughts': (size) => '<think></think'.repeat(size / 8),
  };
  const works: Record<string, (text: string) => unknown> = {
    'continues an answer': (text) => answerToContinue({ ...answer, text }, { id: 'm', name: 'M' }),
    'cleans what was typed': cleanInput,
    'cleans what came from outside': (text) => incomingText(text),
    'looks for a date ahead of it': readDatedMessage,
    'makes a title of it': (text) => titleOf({ ...chatOf([]), title: text }),
    'makes a file name of it': (text) => fileName(text, 0, 'json'),
    'takes its end': (text) => endOf(text, text.length - 1),
    'takes the thoughts out': (text) => splitThoughts(text, true),
    'finds code in it': (text) => codeIn(text, 'f'),
    'reads it as an address': (text) => {
      try {
        readAddresses(
          { model: `https://a.example/${text}`, library: 'https://a.example/a.wasm' },
          'https://a.example/',
          [],
        );
      } catch {
        // Not an address.
      }
    },
    'takes it for a mirror': (text) => {
      try {
        mirrored('https://example.com/a', `https://${text}`, 'https://a.example/');
      } catch {
        // Not an address.
      }
    },
    'finds stop strings in it': (text) => {
      const stops = new StopStrings(['<|im_end|>', '\n\nUser:']);
      for (let at = 0; at < text.length; at += 4) stops.add(text.slice(at, at + 4));
    },
    'searches it': (text) => hitOf(searchDocument(chatOf([{ ...answer, text }])), ['b', 'think']),
  };
  for (const [work, run] of Object.entries(works)) {
    it(`of whoever ${work}`, () => {
      for (const textOf of Object.values(texts)) {
        expectLinear((size) => {
          const text = textOf(size);
          return () => void run(text);
        }, 15_000);
      }
    });
  }

  it('of whoever writes a formula as a line', () => {
    const node = (localName: string, childNodes: object[], textContent: string) =>
      ({ nodeType: 1, localName, childNodes, textContent }) as never;
    expectLinear((size) => {
      const letters = Array.from({ length: size }, () => node('mi', [], 'a'));
      const row = node('mrow', letters, '');
      return () => void mathText(row);
    }, 4_000);
  });
});

describe('the time for an answer grows with its tokens', () => {
  const works: Record<string, (size: number) => void> = {
    'of bytes that never become a character': (size) => {
      const decoder = llama2Tokenizer().decoder();
      for (let at = 0; at < size; at += 1) decoder.add(firstByteToken + 0xff);
    },
    'of thoughts within their budget': (size) => {
      const limit = { opening: '<think>', closing: '</think>', isOpen: true };
      const budget = new ThoughtBudget({ ...limit, budgetTokens: Infinity });
      for (let at = 0; at < size; at += 1) budget.add('</think');
    },
    'of an answer that is held to a schema': (size) => {
      const read = readJsonSchema('{"type":"object","properties":{"a":{"type":"string"}}}');
      if ('fault' in read) throw new Error(read.fault);
      const json = new JsonText(read.root);
      const letters = new TextEncoder().encode('letter ');
      json.add(new TextEncoder().encode('{"a":"'));
      for (let at = 0; at < size; at += 1) if (json.accepts(letters)) json.add(letters);
    },
  };
  for (const [name, work] of Object.entries(works)) {
    it(name, () => expectLinear((size) => () => work(size), 10_000));
  }
});

describe('the time for a chat grows with its turns', () => {
  const size = windowSize(2048, 400);
  const works: Record<string, (chat: Conversation) => unknown> = {
    'plans the window': ({ turns }) =>
      planWindow(
        {
          template: 'chatml',
          system: 'S',
          pin: { text: '', strength: 'system' },
          exchanges: [...exchangesOf(turns), { questionId: '', user: 'now', assistant: null }],
        },
        size,
        estimatePart,
      ),
    'reads it from storage, in whatever order': (chat) => [
      readConversation(chat),
      readConversation({ ...chat, turns: chat.turns.toReversed() }),
      readConversation({ ...chat, turns: chat.turns.map((one) => ({ ...one, parentId: 'gone' })) }),
    ],
    'imports it': (chat) =>
      readExportFile(exportPieces([chat], { exportedMs: 0, notices: [] }).join('')),
    'merges two tabs': (chat) =>
      merged(chat, chatOf(chat.turns.slice(1)), chatOf(chat.turns.slice(0, -1))),
    'follows its branches': (chat) => [
      activePath(chat),
      withShownTurn(chat, 't0'),
      withoutTurn(chat, 't1'),
    ],
    'takes turns out': ({ turns }) => turnsNotIn(turns, turns.slice(0, -1)),
  };
  for (const [work, run] of Object.entries(works)) {
    it(`of whoever ${work}`, () => {
      expectLinear(
        (turns) => {
          const chat = chatOf(turnsOf(turns));
          return () => void run(chat);
        },
        work === 'plans the window' ? 25_000 : 5_000,
      );
    });
  }
});
