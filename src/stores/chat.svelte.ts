/** The open conversation: sends questions, streams answers into it, and keeps it stored. */
import { activePath, appended, replaced, without } from '../core/branches';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  conversationSchema,
  settleAfterReload,
  type Turn,
} from '../core/conversation';
import { type AsOfDate, readDatedMessage, typedMessage } from '../core/as-of-date';
import { grades, picked } from '../core/best-of';
import {
  begun,
  type ConversationSettings,
  defaultSettings,
  safetyOf,
} from '../core/conversation-settings';
import type { CatalogueModel } from '../core/models/model';
import { instructionsError } from '../core/reply';
import type { EngineClient } from '../engine/client';
import { AppError } from '../protocol/errors';
import { AnswerWriter } from './answer-writer';
import { type BestOfStep, writeBestOf } from './best-of-writer';
import type { Models } from './models.svelte';
import { type ReplyOrder, writeReply } from './replies';

/** The part of `src/storage` that this store needs. */
export interface ConversationStorage {
  loadCurrent(): Promise<Conversation | null>;
  saveCurrent(conversation: Conversation): Promise<void>;
}

export interface ChatOptions {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly storage: ConversationStorage;
  /** The day where the visitor is. */
  readonly today: () => AsOfDate;
}

/** Several answers of which the best is kept, or one. */
interface AnswerOptions {
  readonly varied?: boolean;
  readonly downloadAgain?: boolean;
  readonly candidates?: number;
}

const saveIntervalMs = 400;

export class Chat {
  conversation = $state.raw<Conversation>(emptyConversation());
  /** Those of the branch that is shown. */
  turns = $derived(activePath(this.conversation));
  /** True while a question waits for its answer or the answer is written. */
  busy = $state(false);
  /** True from a stop until the engine heeds it: a step of prefill can take a second. */
  stopping = $state(false);
  /** 0 to 1 while the prompt is read; null otherwise. */
  prefill01 = $state<number | null>(null);
  /** What is being done for a best of several answers; null otherwise. */
  bestOfStep = $state.raw<BestOfStep | null>(null);
  /** The oldest turn that the model still sees, where earlier ones no longer fit; null if all do. */
  firstSeenId = $state<string | null>(null);
  /** Set when the browser refuses to store the conversation; the chat goes on without. */
  storageError = $state.raw<AppError | null>(null);

  readonly #options: ChatOptions;
  #controller: AbortController | null = null;
  #savedAtMs = 0;

  constructor(options: ChatOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    try {
      const stored = await this.#options.storage.loadCurrent();
      // A visitor may have been quicker than the database.
      if (stored && this.turns.length === 0) {
        this.conversation = settleAfterReload(stored);
      }
    } catch (cause) {
      this.storageError = new AppError('storage-unavailable', {}, { cause });
    }
  }

  /**
   * False, with nothing changed, if the text is blank or an answer is still being written, or if the
   * message's own date, which may be given or typed ahead of it, does not exist.
   */
  send(typed: string, date: AsOfDate | null = null): boolean {
    const dated = readDatedMessage(typed);
    const text = cleanInput(date ? typed : dated.text);
    const asOf = date ?? dated.asOf;
    if (text === null || this.busy || (!date && dated.noSuchDate !== null)) return false;
    const question: Turn = {
      role: 'user',
      id: crypto.randomUUID(),
      parentId: this.conversation.leafId,
      text,
      atMs: Date.now(),
      ...(asOf ? { asOf } : {}),
    };
    const settings = begun(this.conversation.settings, this.today);
    this.conversation = appended({ ...this.conversation, settings }, question);
    void this.#answer();
    return true;
  }

  /** Asks the last question again, if asked to with a freshly downloaded model; the old answer makes way. */
  retry({ downloadAgain = false } = {}): void {
    const last = this.turns.at(-1);
    if (this.busy || last?.role !== 'assistant') return;
    this.conversation = without(this.conversation, last.id);
    void this.#answer({ varied: last.text !== '', downloadAgain });
  }

  /** Answers the last question anew, so many times, and keeps the best. */
  writeBestOf(candidates: number): void {
    const last = this.turns.at(-1);
    if (this.busy || last?.role !== 'assistant') return;
    this.conversation = without(this.conversation, last.id);
    void this.#answer({ varied: true, candidates });
  }

  /** Takes another one of the last answer's candidates. */
  pick(candidate: number): void {
    const last = this.turns.at(-1);
    if (this.busy || last?.role !== 'assistant') return;
    const answer = picked(last, candidate);
    if (!answer) return;
    this.conversation = replaced(this.conversation, answer);
    this.#save();
  }

  /** Takes the last question back, with its failed answer; returns its text for the composer, and its date. */
  takeBack(): string {
    const question = this.turns.findLast((turn) => turn.role === 'user');
    if (this.busy || !question) return '';
    this.conversation = without(this.conversation, question.id);
    this.#save();
    return typedMessage(question.text, question.asOf);
  }

  /** Ends the answer, or the download it waits for; the text so far stays. */
  stop(): void {
    this.stopping = this.busy;
    this.#controller?.abort();
    if (this.#options.models.state.phase !== 'ready') this.#options.models.cancel();
  }

  startNew(): void {
    if (this.busy) return;
    const settings = { ...this.conversation.settings, today: null };
    this.conversation = { ...emptyConversation(), settings };
    this.firstSeenId = null;
    this.#save();
  }

  pin(instruction: string): void {
    this.#set({ pinned: cleanInput(instruction) ?? '' });
  }

  /** From the next message on. Null, or why the chosen model cannot bear it; nothing has changed then. */
  change(settings: Partial<ConversationSettings>): AppError | null {
    const error = instructionsError(
      this.#options.models.chosen,
      { ...this.conversation.settings, ...settings },
      this.today,
    );
    if (!error) this.#set(settings);
    return error;
  }

  #set(settings: Partial<ConversationSettings>): void {
    const { conversation } = this;
    this.conversation = { ...conversation, settings: { ...conversation.settings, ...settings } };
    this.#save();
  }

  /** Undefined for a model that is no longer on the list. */
  modelOf(id: string): CatalogueModel | undefined {
    return this.#options.models.list.find((model) => model.id === id);
  }

  /** The day where the visitor is. */
  get today(): AsOfDate {
    return this.#options.today();
  }

  /** Answers the question that is the leaf. */
  async #answer({
    varied = false,
    downloadAgain = false,
    candidates = 1,
  }: AnswerOptions = {}): Promise<void> {
    const { models } = this.#options;
    const { turns } = this;
    const answer: AnswerTurn = {
      role: 'assistant',
      id: crypto.randomUUID(),
      parentId: this.conversation.leafId,
      text: '',
      atMs: Date.now(),
      modelId: models.chosen.id,
      state: 'waiting',
    };
    const controller = new AbortController();
    this.#controller = controller;
    this.busy = true;
    this.conversation = appended(this.conversation, answer);
    this.#save();
    const writer = new AnswerWriter(answer, (next) => this.#replace(next));
    try {
      if (downloadAgain) await models.discardDamaged(controller.signal);
      await models.ensureReady();
      controller.signal.throwIfAborted();
      const order = this.#order(turns, varied, controller.signal);
      if (candidates === 1) await writeReply(this.#options.engine, { ...order, writer });
      else await this.#writeBestOf(answer, candidates, order);
    } catch (cause) {
      writer.fail(AppError.from(cause, 'engine-failed'));
    } finally {
      this.busy = false;
      this.stopping = false;
      this.prefill01 = null;
      this.bestOfStep = null;
      this.#controller = null;
      this.#save();
    }
  }

  #order(turns: readonly Turn[], varied: boolean, signal: AbortSignal): Omit<ReplyOrder, 'writer'> {
    const { chosen } = this.#options.models;
    return {
      ...{ turns, settings: this.conversation.settings, chosen, today: this.today },
      ...{ varied, signal },
      onSeen: (id) => (this.firstSeenId = id),
      onPrefill: (prefill01) => (this.prefill01 = prefill01),
    };
  }

  #writeBestOf(answer: AnswerTurn, count: number, order: Omit<ReplyOrder, 'writer'>) {
    const { engine } = this.#options;
    return writeBestOf(answer, {
      count,
      safetyFirst: safetyOf(order.settings, order.chosen) === 'careful',
      write: (writer, nth) => writeReply(engine, { ...order, writer, nth }),
      weigh: (prompt) => engine.weigh(prompt, grades, { signal: order.signal }),
      onStep: (step) => (this.bestOfStep = step),
      onChange: (next) => this.#replace(next),
    });
  }

  #replace(answer: AnswerTurn): void {
    this.conversation = replaced(this.conversation, answer);
    if (performance.now() - this.#savedAtMs >= saveIntervalMs) this.#save();
  }

  #save(): void {
    this.#savedAtMs = performance.now();
    this.#options.storage.saveCurrent(this.conversation).then(
      () => (this.storageError = null),
      (cause: unknown) => {
        this.storageError = new AppError('storage-unavailable', {}, { cause });
      },
    );
  }
}

function emptyConversation(): Conversation {
  return {
    schema: conversationSchema,
    id: crypto.randomUUID(),
    createdMs: Date.now(),
    turns: [],
    leafId: null,
    settings: defaultSettings,
  };
}
