/**
 * The app's conversation with a script instead of the engine: stores, list and answers are the real ones. The
 * driver sets the text and the speed, and is told about the progress.
 */
import { mount } from 'svelte';
import { dateOf } from '../../src/core/prompt/as-of-date';
import { builtInModel } from '../../src/core/models/built-in';
import type { EngineClient, GenerateEvent } from '../../src/bridge/engine-client';
import { loadTexts } from '../../src/i18n';
import { lockedAnswers, lockAnswer, whenReleased } from '../../src/storage/answer-locks';
import {
  loadConversation,
  loadDocument,
  saveConversation,
  saveCurrentId,
  saveDraft,
  saveLive,
} from '../../src/storage/conversations';
import { removeConversation } from '../../src/storage/all-conversations';
import { Chat } from '../../src/stores/chat/chat.svelte';
import type { Models } from '../../src/stores/models/models.svelte';
import { Restarts } from '../../src/stores/models/restarts.svelte';
import { Undo } from '../../src/stores/chat/undo.svelte';
import Page from './Page.svelte';
import '../../src/ui/theme.css';

declare global {
  interface Window {
    /** Writes an answer of these pieces to its end; awaits `reached` at each mark. */
    writeAnswer(script: Script): Promise<void>;
    reached(pieces: number): Promise<void>;
  }
}

interface Script {
  readonly pieces: readonly string[];
  readonly piecesPerSecond: number;
  /** Ascending. */
  readonly marks: readonly number[];
}

let script: Script = { pieces: [], piecesPerSecond: 1, marks: [] };

/** Pieces are due by time: several come at once if the timer is slower. */
async function* generate(): AsyncGenerator<GenerateEvent> {
  const { pieces, piecesPerSecond, marks } = script;
  let written = 0;
  for (const mark of [...marks, pieces.length]) {
    const from = written;
    const startMs = performance.now();
    while (written < mark) {
      const due = from + Math.ceil(((performance.now() - startMs) / 1000) * piecesPerSecond);
      for (const end = Math.min(mark, due); written < end; written++) {
        yield { type: 'token', text: pieces[written] ?? '' } as GenerateEvent;
      }
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
    if (marks.includes(mark)) await window.reached(mark);
  }
  yield {
    type: 'done',
    finish: 'stop',
    usage: {
      promptTokens: 1,
      cachedTokens: 0,
      completionTokens: pieces.length,
      prefillMs: 1,
      decodeMs: 1,
    },
  } as unknown as GenerateEvent;
}

const models = {
  chosen: builtInModel,
  list: [builtInModel],
  state: { phase: 'ready', threads: 1, contextTokens: builtInModel.contextTokens },
  ensureReady: async () => {},
  keepLoadedDuring: (work: () => Promise<void>) => work(),
  cancel: () => {},
} as unknown as Models;
const countTokens = async (prompt: readonly unknown[]) => prompt.map(() => 1);
const engine = { generate, countTokens } as unknown as EngineClient;
const chat = new Chat({
  engine,
  models,
  restarts: new Restarts(models),
  undo: new Undo(),
  storage: {
    loadCurrentId: async () => null,
    load: loadConversation,
    save: saveConversation,
    remove: removeConversation,
    loadDocument,
    saveCurrentId,
    saveLive,
    saveDraft,
    lockAnswer,
    lockedAnswers,
    whenReleased,
  },
  today: () => dateOf(2026, 1, 1),
  matchPattern: async () => null,
});

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const texts = await loadTexts(['en']);
await texts.loadAll();
mount(Page, { target, props: { chat, texts } });

window.writeAnswer = async (next) => {
  script = next;
  chat.send('Write.');
  while (chat.busy) await new Promise((resolve) => setTimeout(resolve, 100));
};
