/** The open conversation: sends questions, streams answers into it, and keeps it stored. */
import { activePath, appended, replaced, without } from '../core/branches';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  conversationSchema,
  settleAfterReload,
  type UserTurn,
} from '../core/conversation';
import { type AsOfDate, readDatedMessage } from '../core/as-of-date';
import { grades, picked } from '../core/best-of';
import {
  begun,
  type ConversationSettings,
  defaultSettings,
  safetyOf,
} from '../core/conversation-settings';
import { endOf } from '../core/message-end';
import type { CatalogueModel } from '../core/models/model';
import { instructionsError } from '../core/reply';
import type { EngineClient } from '../engine/client';
import { AppError } from '../protocol/errors';
import { Adherence, type MatchPattern } from './adherence.svelte';
import { AnswerWriter } from './answer-writer';
import { type BestOfStep, writeBestOf } from './best-of-writer';
import { ContextWindow } from './context-window.svelte';
import type { Models } from './models.svelte';
import { Replies, type ReplyOrder } from './replies';
import { Summariser } from './summariser';

/** The part of `src/storage` that this store needs. */
export interface ConversationStorage {
  loadCurrent(): Promise<Conversation | null>;
  saveCurrent(conversation: Conversation): Promise<void>;
}

export interface ChatOptions {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly storage: ConversationStorage;
  readonly matchPattern: MatchPattern;
  /** The day where the visitor is. */
  readonly today: () => AsOfDate;
}

/** Several answers of which the best is kept, or one. */
interface AnswerOptions {
  readonly varied?: boolean;
  readonly downloadAgain?: boolean;
  readonly candidates?: number;
  /** The pinned instruction is said again with the question. */
  readonly remind?: boolean;
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
  /** Set when the browser refuses to store the conversation; the chat goes on without. */
  storageError = $state.raw<AppError | null>(null);

  /** What the model sees of all this. */
  readonly window: ContextWindow;
  readonly adherence: Adherence;

  /** True while the model writes a summary. */
  summarising = $state(false);
  summaryError = $state.raw<AppError | null>(null);

  readonly #options: ChatOptions;
  readonly #replies: Replies;
  readonly #summariser: Summariser;
  #controller: AbortController | null = null;
  #savedAtMs = 0;

  constructor(options: ChatOptions) {
    this.#options = options;
    const { engine, models } = options;
    this.window = new ContextWindow(engine, models, options.today);
    this.adherence = new Adherence(options.matchPattern);
    this.#replies = new Replies(engine, models, this.window);
    this.#summariser = new Summariser(engine, models, this.window);
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
    const question: UserTurn = {
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

  /** A second answer to the last question, beside the first, with the pinned instruction said again. */
  answerWithReminder(): void {
    const last = this.turns.at(-1);
    if (this.busy || last?.role !== 'assistant') return;
    this.conversation = { ...this.conversation, leafId: last.parentId };
    void this.#answer({ remind: true });
  }

  /** Asks with the end of the last question, as much of it as fits: for an answer that says how much. */
  takeEnd(): void {
    const answer = this.turns.at(-1);
    const question = this.turns.at(-2);
    if (this.busy || answer?.role !== 'assistant' || question?.role !== 'user') return;
    const text = endOf(question.text, Number(answer.error?.data['keepCharacters'] ?? 0));
    if (text === '') return;
    const cutFromCharacters = question.cutFromCharacters ?? question.text.length;
    this.conversation = appended(without(this.conversation, question.id), {
      ...question,
      text,
      cutFromCharacters,
    });
    void this.#answer();
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

  /** Takes the last question back, with its failed answer; returns its text for the composer. */
  takeBack(): string {
    const question = this.turns.findLast((turn) => turn.role === 'user');
    if (this.busy || !question) return '';
    this.conversation = without(this.conversation, question.id);
    this.#save();
    return question.text;
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
    this.#save();
  }

  /** Changes the pinned instruction, or how strongly and by what check it is held, from here on. */
  pin(change: Partial<Pick<ConversationSettings, 'pinned' | 'pinStrength' | 'pinCheck'>>): void {
    this.#set(
      change.pinned === undefined ? change : { ...change, pinned: cleanInput(change.pinned) ?? '' },
    );
  }

  /** Has what comes before a question summarised for when the model no longer sees it. */
  async summarise(question: UserTurn, request: string): Promise<void> {
    if (this.busy) return;
    const { turns } = this;
    const { settings } = this.conversation;
    this.summarising = true;
    this.summaryError = null;
    await this.#exclusively(async (signal) => {
      try {
        await this.#options.models.ensureReady();
        const order = { turns, settings, beforeId: question.id, request, signal };
        const summary = await this.#summariser.summarise(order);
        if (summary) this.conversation = replaced(this.conversation, { ...question, summary });
      } catch (cause) {
        const error = AppError.from(cause, 'engine-failed');
        if (error.code !== 'aborted') this.summaryError = error;
      }
    });
    this.summarising = false;
  }

  removeSummary(question: UserTurn): void {
    this.conversation = replaced(this.conversation, { ...question, summary: undefined });
    this.#save();
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
    remind = false,
    downloadAgain = false,
    candidates = 1,
  }: AnswerOptions = {}): Promise<void> {
    const { models } = this.#options;
    const { turns } = this;
    const { pinned } = this.conversation.settings;
    const answer: AnswerTurn = {
      role: 'assistant',
      id: crypto.randomUUID(),
      parentId: this.conversation.leafId,
      text: '',
      atMs: Date.now(),
      modelId: models.chosen.id,
      state: 'waiting',
      ...(pinned === '' ? {} : { pinned }),
    };
    this.conversation = appended(this.conversation, answer);
    const writer = new AnswerWriter(answer, (next) => this.#replace(next));
    const { settings } = this.conversation;
    await this.#exclusively(async (signal) => {
      try {
        if (downloadAgain) await models.discardDamaged(signal);
        await models.ensureReady();
        signal.throwIfAborted();
        const order = { turns, settings, varied, remind, signal };
        if (candidates === 1) await this.#write(writer, order);
        else await this.#writeBestOf(answer, candidates, order);
      } catch (cause) {
        writer.fail(AppError.from(cause, 'engine-failed'));
      }
    });
  }

  /** Runs what only one can run at a time, and what `stop` ends. */
  async #exclusively(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.busy = true;
    this.#save();
    try {
      await work(controller.signal);
    } finally {
      this.busy = false;
      this.stopping = false;
      this.prefill01 = null;
      this.bestOfStep = null;
      this.#controller = null;
      this.#save();
    }
  }

  #writeBestOf(answer: AnswerTurn, count: number, order: Omit<ReplyOrder, 'onBegin' | 'onEvent'>) {
    const { engine, models } = this.#options;
    return writeBestOf(answer, {
      count,
      safetyFirst: safetyOf(order.settings, models.chosen) === 'careful',
      write: (writer, nth) => this.#write(writer, { ...order, nth }),
      weigh: (prompt) => engine.weigh(prompt, grades, { signal: order.signal }),
      onStep: (step) => (this.bestOfStep = step),
      onChange: (next) => this.#replace(next),
    });
  }

  #write(writer: AnswerWriter, order: Omit<ReplyOrder, 'onBegin' | 'onEvent'>) {
    return this.#replies.write({
      ...order,
      onBegin: () => writer.begin(),
      onEvent: (event) => {
        const { type } = event;
        this.prefill01 = type === 'prefill' ? event.doneTokens / event.totalTokens : null;
        writer.take(event);
      },
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
