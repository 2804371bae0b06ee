/** The open conversation: sends questions, streams answers into it, goes back and tries again. */
import { activePath, appended, replaced, showing, siblingsOf, without } from '../core/branches';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  type Exchange,
  exchangesOf,
  reopened,
  type UserTurn,
  withBegun,
} from '../core/conversation';
import type { CatalogueModel } from '../core/models/model';
import { dropOldest } from '../core/context-window';
import { replyParams, replyPrompt, systemText, visibleExchanges } from '../core/reply';
import type { EngineClient } from '../engine/client';
import { AppError } from '../protocol/errors';
import { AnswerWriter } from './answer-writer';
import type { KeptConversation } from './kept-conversation.svelte';
import type { Models } from './models.svelte';
import { type ConversationStorage, OpenConversations } from './open-conversations.svelte';
import type { Restarts } from './restarts.svelte';
import type { Undo } from './undo.svelte';

export interface ChatOptions {
  readonly engine: EngineClient;
  readonly models: Models;
  readonly storage: ConversationStorage;
  readonly undo: Undo;
  readonly restarts: Restarts;
}

interface AnswerOptions {
  /** True for a second answer to the same question, which should be another one. */
  readonly varied?: boolean;
  readonly downloadAgain?: boolean;
  /** An answer to go on with, in place of a new one. */
  readonly begun?: AnswerTurn;
}

export class Chat {
  /** Which conversation is shown, and in which an answer is written. */
  readonly open: OpenConversations;
  /** Those of the branch that is shown. */
  turns = $derived(activePath(this.conversation));
  /** For each turn, what was written in its place, itself among them. */
  siblings = $derived(siblingsOf(this.conversation));
  /** True while a question waits for its answer or the answer is written, be it in another conversation. */
  busy = $state(false);
  /** True from a stop until the engine heeds it: a step of prefill can take a second. */
  stopping = $state(false);
  /** 0 to 1 while the prompt is read; null otherwise. */
  prefill01 = $state<number | null>(null);
  /** The oldest turn that the model still sees, where earlier ones no longer fit; null if all do. */
  firstSeenId = $state<string | null>(null);

  readonly #options: ChatOptions;
  #controller: AbortController | null = null;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.open = new OpenConversations(options.storage);
  }

  get #shown(): KeptConversation {
    return this.open.shown;
  }

  get conversation(): Conversation {
    return this.#shown.current;
  }

  /** Set while the browser refuses to store the conversation; the chat goes on without. */
  get storageError(): AppError | null {
    return this.#shown.error;
  }

  /** True while an answer is written in the conversation that is shown. */
  get isWritingHere(): boolean {
    return this.open.answering === this.#shown;
  }

  /** What stands in the composer; every conversation keeps its own. */
  get draft(): string {
    return this.#shown.draft;
  }

  set draft(text: string) {
    this.#shown.draft = text;
  }

  /** What a model is called, as far as it is still in the list. */
  modelName(id: string): string {
    return this.#options.models.list.find((model) => model.id === id)?.name ?? id;
  }

  /** A model that needs less memory, after the engine was lost repeatedly. */
  get smallerModel(): CatalogueModel | null {
    return this.#options.restarts.offer;
  }

  /** Takes that model, and answers the last question with it. */
  async useSmaller(): Promise<void> {
    const { models, restarts } = this.#options;
    const { offer } = restarts;
    if (this.busy || !offer) return;
    await models.choose(offer);
    // A licence may have to be accepted first.
    if (models.chosen.id === offer.id) this.retry();
  }

  /** Tries again to store what the browser refused. */
  saveAgain(): void {
    this.#shown.saveAgain();
  }

  /** False, with nothing changed, if the text is blank or an answer is still being written. */
  send(typed: string): boolean {
    return this.#ask(typed, this.conversation.leafId);
  }

  /** Asks with other words in place of a question, as a branch beside it; false as with `send`. */
  edit(turnId: string, typed: string): boolean {
    const question = this.conversation.turns.find(({ id }) => id === turnId);
    return question?.role === 'user' && this.#ask(typed, question.parentId);
  }

  /**
   * Answers the last question again, if asked to with a freshly downloaded model. The old answer becomes a
   * branch, unless nothing was written of it.
   */
  retry({ downloadAgain = false } = {}): void {
    const last = this.turns.at(-1);
    if (this.busy || !last) return;
    if (last.role === 'assistant') this.regenerate(last.id, { downloadAgain });
    else void this.#answer(this.conversation, { downloadAgain });
  }

  /** Another answer to the same question, as a branch beside it. */
  regenerate(turnId: string, { downloadAgain = false } = {}): void {
    const answer = this.conversation.turns.find(({ id }) => id === turnId);
    if (this.busy || answer?.role !== 'assistant') return;
    const before = answer.text === '' ? without(this.conversation, turnId) : this.conversation;
    const asked = { ...before, leafId: answer.parentId };
    void this.#answer(asked, { varied: answer.text !== '', downloadAgain });
  }

  /** Goes on with the last answer from where it ended. */
  goOn(): void {
    const begun = this.turns.at(-1);
    if (!this.busy && begun?.role === 'assistant') void this.#answer(this.conversation, { begun });
  }

  /** Shows the branch that the turn is on. */
  show(turnId: string): void {
    this.#shown.change(showing(this.conversation, turnId));
  }

  /** Takes a turn out, with all that follows it on its branches; can be undone. */
  remove(turnId: string): void {
    if (this.isWritingHere) return;
    const before = this.conversation;
    const kept = this.#shown;
    const after = without(before, turnId);
    kept.change(after);
    const removed = before.turns.filter(({ id }) => !after.turns.some((turn) => turn.id === id));
    this.#options.undo.propose('message', () => {
      const turns = [...kept.current.turns, ...removed];
      kept.change({ ...kept.current, turns, leafId: before.leafId });
    });
  }

  /** Takes the last question back, with its failed answer; returns its text for the composer. */
  takeBack(): string {
    const question = this.turns.findLast((turn) => turn.role === 'user');
    if (this.busy || !question) return '';
    this.#shown.change(without(this.conversation, question.id));
    return question.text;
  }

  /** Ends the answer, or the download it waits for; the text so far stays. */
  stop(): void {
    this.stopping = this.busy;
    this.#controller?.abort();
    if (this.#options.models.state.phase !== 'ready') this.#options.models.cancel();
  }

  pin(instruction: string): void {
    const settings = { ...this.conversation.settings, pinned: cleanInput(instruction) ?? '' };
    this.#shown.change({ ...this.conversation, settings });
  }

  #ask(typed: string, parentId: string | null): boolean {
    const text = cleanInput(typed);
    if (text === null || this.busy) return false;
    const [id, atMs] = [crypto.randomUUID(), Date.now()];
    const question: UserTurn = { role: 'user', id, parentId, text, atMs };
    void this.#answer(appended(this.conversation, question));
    return true;
  }

  /** Answers the question that is the leaf, or goes on with the answer that is. */
  async #answer(
    asked: Conversation,
    { varied = false, downloadAgain = false, begun }: AnswerOptions = {},
  ): Promise<void> {
    const { models } = this.#options;
    const kept = this.#shown;
    const answer = begun ? reopened(begun, models.chosen) : this.#blankAnswer(asked.leafId);
    const turns = activePath(asked).filter(({ id }) => id !== answer.id);
    const controller = new AbortController();
    this.#controller = controller;
    this.open.answering = kept;
    this.busy = true;
    const writer = new AnswerWriter(answer, (next) => kept.write(next));
    const holding = kept.beginWriting(
      begun ? replaced(asked, answer) : appended(asked, answer),
      answer.id,
    );
    try {
      if (downloadAgain) await models.discardDamaged(controller.signal);
      await models.ensureReady();
      controller.signal.throwIfAborted();
      const { settings } = kept.current;
      await this.#generate({ turns, settings }, answer.text, writer, varied, controller.signal);
      this.#options.restarts.answered();
    } catch (cause) {
      writer.fail(AppError.from(cause, 'engine-failed'));
    } finally {
      this.busy = false;
      this.stopping = false;
      this.prefill01 = null;
      this.#controller = null;
      this.open.endAnswering();
      (await holding)();
    }
  }

  #blankAnswer(parentId: string | null): AnswerTurn {
    const { chosen } = this.#options.models;
    return {
      role: 'assistant',
      id: crypto.randomUUID(),
      parentId,
      text: '',
      atMs: Date.now(),
      modelId: chosen.id,
      modelName: chosen.name,
      state: 'waiting',
    };
  }

  /** `turns` of the conversation are those that lead to the question. */
  async #generate(
    { turns, settings }: Pick<Conversation, 'turns' | 'settings'>,
    begun: string,
    writer: AnswerWriter,
    varied: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { chosen } = this.#options.models;
    const system = systemText(chosen, settings.pinned);
    const all = withBegun(exchangesOf(turns), begun);
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
}
