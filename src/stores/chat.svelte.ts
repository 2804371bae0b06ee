/** The open conversation: sends questions, streams answers into it, and keeps it stored. */
import { activePath, appended, replaced, without } from '../core/branches';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  conversationSchema,
  type Exchange,
  exchangesOf,
  settleAfterReload,
  type Turn,
} from '../core/conversation';
import { defaultSettings } from '../core/conversation-settings';
import { dropOldest } from '../core/context-window';
import { replyParams, replyPrompt, systemText, visibleExchanges } from '../core/reply';
import type { EngineClient } from '../engine/client';
import { AppError } from '../protocol/errors';
import { AnswerWriter } from './answer-writer';
import type { Models } from './models.svelte';

/** The part of `src/storage` that this store needs. */
export interface ConversationStorage {
  loadCurrent(): Promise<Conversation | null>;
  saveCurrent(conversation: Conversation): Promise<void>;
}

export interface ChatOptions {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly storage: ConversationStorage;
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

  /** False, with nothing changed, if the text is blank or an answer is still being written. */
  send(typed: string): boolean {
    const text = cleanInput(typed);
    if (text === null || this.busy) return false;
    const atMs = Date.now();
    const id = crypto.randomUUID();
    const parentId = this.conversation.leafId;
    this.conversation = appended(this.conversation, { role: 'user', id, parentId, text, atMs });
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
    this.conversation = { ...emptyConversation(), settings: this.conversation.settings };
    this.firstSeenId = null;
    this.#save();
  }

  pin(instruction: string): void {
    const settings = { ...this.conversation.settings, pinned: cleanInput(instruction) ?? '' };
    this.conversation = { ...this.conversation, settings };
    this.#save();
  }

  /** Answers the question that is the leaf. */
  async #answer({ varied = false, downloadAgain = false } = {}): Promise<void> {
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
      await this.#generate(turns, writer, varied, controller.signal);
    } catch (cause) {
      writer.fail(AppError.from(cause, 'engine-failed'));
    } finally {
      this.busy = false;
      this.stopping = false;
      this.prefill01 = null;
      this.#controller = null;
      this.#save();
    }
  }

  async #generate(
    turns: readonly Turn[],
    writer: AnswerWriter,
    varied: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { chosen } = this.#options.models;
    const system = systemText(chosen, this.conversation.settings.pinned);
    const all = exchangesOf(turns);
    let seen: readonly Exchange[] | null = visibleExchanges(chosen, system, all);
    while (seen) {
      this.firstSeenId = seen.length < all.length ? (seen[0]?.questionId ?? null) : null;
      try {
        const stream = this.#options.engine.generate(
          replyPrompt(chosen, system, seen),
          replyParams(chosen, { varied }),
          { signal },
        );
        writer.begin();
        for await (const event of stream) {
          if (event.type === 'prefill') this.prefill01 = event.doneTokens / event.totalTokens;
          else this.prefill01 = null;
          writer.take(event);
        }
        return;
      } catch (cause) {
        // The estimate was too low and the engine counted: show it less, unless nothing is left.
        const error = AppError.from(cause, 'engine-failed');
        const fewer: readonly Exchange[] | null = dropOldest(seen);
        if (error.code !== 'context-overflow' || !fewer) throw error;
        seen = fewer;
      }
    }
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
