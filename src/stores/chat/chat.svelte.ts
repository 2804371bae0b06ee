/** The open conversation: sends questions, edits and retries. */
import { type AsOfDate, readDatedMessage, typedMessage } from '../../core/prompt/as-of-date';
import { picked } from '../../core/chat/best-of';
import {
  activePath,
  appended,
  turnsNotIn,
  replaced,
  withShownTurn,
  siblingsOf,
  withoutTurn,
} from '../../core/chat/branches';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  type UserTurn,
} from '../../core/chat/conversation';
import { withToday } from '../../core/chat/conversation-settings';
import type { Attachment } from '../../core/documents/document';
import type { CatalogueModel } from '../../core/models/model';
import type { ModelEngine } from '../../bridge/engine-client';
import { newId } from '../../protocol/new-id';
import { Adherence, type MatchPattern } from '../prompt/adherence.svelte';
import { type AnswerOptions, Answering } from './answering.svelte';
import { ContextWindow } from '../prompt/context-window.svelte';
import type { ConversationSession } from './conversation-session.svelte';
import { Documents } from '../documents/documents.svelte';
import { DraftAttachments } from '../documents/draft-attachments';
import type { Models } from '../models/models.svelte';
import {
  type ConversationStorage,
  ConversationSessions,
  type OpeningMarks,
} from './conversation-sessions.svelte';
import { CurrentSettings } from './current-settings.svelte';
import type { Restarts } from '../models/restarts.svelte';
import { Summaries } from './summaries.svelte';
import type { Undo } from './undo.svelte';

export interface ChatOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  readonly storage: ConversationStorage;
  readonly openingMarks?: OpeningMarks;
  readonly undo: Undo;
  readonly restarts: Restarts;
  readonly matchPattern: MatchPattern;
  /** The visitor's local date. */
  readonly today: () => AsOfDate;
}

export class Chat {
  /** Holds the conversation that is shown and the one in which an answer is written. */
  readonly sessions: ConversationSessions;
  readonly settings: CurrentSettings;
  readonly answering: Answering;
  /** The part of the conversation that fits into the context window. */
  readonly window: ContextWindow;
  readonly adherence: Adherence;
  readonly documents: Documents;
  /** The attachments of the next question. */
  readonly attachments: DraftAttachments;
  readonly summaries: Summaries;
  /** The turns of the shown branch. */
  turns = $derived(activePath(this.conversation));
  /** The siblings of each turn, including the turn itself. */
  siblings = $derived(siblingsOf(this.conversation));

  readonly #options: ChatOptions;

  constructor(options: ChatOptions) {
    this.#options = options;
    const { engine, models, today } = options;
    this.sessions = new ConversationSessions(options.storage, options.openingMarks);
    this.sessions.onTemporaryLeft = (left) => {
      // Nobody would see the rest of its answer, so it is stopped.
      if (this.sessions.answering === left) this.stop();
      options.undo.propose('temporary', () => this.sessions.showAgain(left));
    };
    this.settings = new CurrentSettings(this.sessions, models, today);
    this.documents = new Documents((id) => options.storage.loadDocument(id));
    this.attachments = new DraftAttachments(this.sessions, this.documents);
    this.window = new ContextWindow(engine, models, today, this.documents);
    this.adherence = new Adherence(options.matchPattern);
    this.answering = new Answering({ ...options, sessions: this.sessions, window: this.window });
    const { sessions, answering, window } = this;
    this.summaries = new Summaries({ engine, models, sessions, answering, window });
  }

  get #shown(): ConversationSession {
    return this.sessions.shown;
  }

  get conversation(): Conversation {
    return this.#shown.current;
  }

  /** True while a question waits for its answer or the answer is written, in any conversation. */
  get busy(): boolean {
    return this.answering.busy;
  }

  /** The composer's text; each conversation has its own. */
  get draft(): string {
    return this.#shown.draft;
  }

  set draft(text: string) {
    this.#shown.draft = text;
  }

  /** Undefined for a model that is no longer listed. */
  modelOf(id: string): CatalogueModel | undefined {
    return this.#options.models.list.find((model) => model.id === id);
  }

  /** A model that needs less memory, offered after repeated losses of the engine. */
  get smallerModel(): CatalogueModel | null {
    return this.#options.restarts.offer;
  }

  /** Chooses that model, and answers the last question with it. */
  async useSmaller(): Promise<void> {
    const { models, restarts } = this.#options;
    const { offer } = restarts;
    if (this.busy || !offer) return;
    await models.choose(offer);
    // If its licence is not accepted yet, the choice only asks for that.
    if (models.chosen.id === offer.id) this.retry();
  }

  /** Accepts the files of the model that its publisher has changed, and answers the last question again. */
  async acceptChange(): Promise<void> {
    if (this.busy) return;
    await this.#options.models.acceptChange();
    this.retry();
  }

  /**
   * False, with nothing changed, if the text is blank, an answer is being written, or the message's own date
   * (given, or typed in front of it) does not exist.
   */
  send(typed: string, date: AsOfDate | null = null): boolean {
    return this.#ask(typed, this.conversation.leafId, date);
  }

  /** Asks an edited question, as a new branch beside it; false as with `send`. */
  edit(turnId: string, typed: string): boolean {
    const question = this.conversation.turns.find(({ id }) => id === turnId);
    if (question?.role !== 'user') return false;
    return this.#ask(typed, question.parentId, question.asOf ?? null, question.attachments ?? []);
  }

  /**
   * Answers the last question again; with `downloadAgain`, after a new download of the model. The old answer
   * becomes a branch, unless it is empty.
   */
  retry({ downloadAgain = false } = {}): void {
    const last = this.turns.at(-1);
    if (this.busy || !last) return;
    if (last.role === 'assistant') this.regenerate(last.id, { downloadAgain });
    else this.#answer(this.conversation, { downloadAgain });
  }

  /** Writes another answer to the same question, as a branch beside it. */
  regenerate(turnId: string, options: AnswerOptions = {}): void {
    const answer = this.conversation.turns.find(({ id }) => id === turnId);
    if (this.busy || answer?.role !== 'assistant') return;
    const before = answer.text === '' ? withoutTurn(this.conversation, turnId) : this.conversation;
    const asked = { ...before, leafId: answer.parentId };
    this.#answer(asked, { varied: answer.text !== '', ...options });
  }

  /** Writes another answer to the last question, with the pinned instruction repeated. */
  answerWithReminder(): void {
    this.#regenerateLast({ varied: false, remind: true });
  }

  /** Answers the last question again with this many candidates, and keeps the best. */
  writeBestOf(candidates: number): void {
    this.#regenerateLast({ varied: true, candidates });
  }

  #regenerateLast(options: AnswerOptions): void {
    this.regenerate(this.turns.at(-1)?.id ?? '', options);
  }

  /** Picks another candidate of the last answer. */
  pick(candidate: number): void {
    const last = this.turns.at(-1);
    if (this.busy || last?.role !== 'assistant') return;
    const answer = picked(last, candidate);
    if (answer) this.#shown.change(replaced(this.conversation, answer));
  }

  /** Continues the last answer; with `fromEnd`, if it has filled the context window. */
  continueAnswer({ fromEnd = false } = {}): void {
    const last = this.turns.at(-1);
    if (this.busy || last?.role !== 'assistant') return;
    this.#answer(this.conversation, { partial: last, fromEnd });
  }

  /** Asks again with the end of the last question. The error of the answer contains the length that fits. */
  async sendEnd(): Promise<void> {
    const { endOf } = await import('../../core/chat/message-end');
    const answer = this.turns.at(-1);
    const question = this.turns.at(-2);
    if (this.busy || answer?.role !== 'assistant' || question?.role !== 'user') return;
    const text = endOf(question.text, Number(answer.error?.data['keepCharacters'] ?? 0));
    if (text === '') return;
    const cutFromCharacters = question.cutFromCharacters ?? question.text.length;
    const cut = { ...question, text, cutFromCharacters };
    this.#answer(appended(withoutTurn(this.conversation, question.id), cut));
  }

  /** Shows the turn's branch. */
  show(turnId: string): void {
    this.#shown.change(withShownTurn(this.conversation, turnId));
  }

  /** Deletes a turn with everything below it; can be undone. */
  remove(turnId: string): void {
    if (this.sessions.isWritingHere) return;
    const before = this.conversation;
    const session = this.#shown;
    const after = withoutTurn(before, turnId);
    session.change(after);
    const removed = turnsNotIn(before.turns, after.turns);
    this.#options.undo.propose('message', () => {
      const { turns } = session.current;
      // Another tab may have restored some of them.
      const missing = turnsNotIn(removed, turns);
      session.change({ ...session.current, turns: [...turns, ...missing], leafId: before.leafId });
    });
  }

  /**
   * Removes the last question and its failed answer; returns the question's text with its date, for the
   * composer.
   */
  withdrawQuestion(): string {
    const question = this.turns.findLast((turn) => turn.role === 'user');
    if (this.busy || !question) return '';
    this.#shown.change(withoutTurn(this.conversation, question.id));
    const { attachments = [] } = question;
    if (attachments.length > 0) void this.attachments.again(attachments);
    return typedMessage(question.text, question.asOf);
  }

  /** Stops the answer, or the download it waits for; the text so far stays. */
  stop(): void {
    this.answering.stop();
  }

  /** Uses the current attachments unless others are given. */
  #ask(
    typed: string,
    parentId: string | null,
    date: AsOfDate | null,
    given?: readonly Attachment[],
  ): boolean {
    const dated = readDatedMessage(typed);
    const text = cleanInput(date ? typed : dated.text);
    const asOf = date ?? dated.asOf;
    if (text === null || this.busy || (!date && dated.noSuchDate !== null)) return false;
    if (!given && this.attachments.isReading) return false;
    const attachments = given ?? this.attachments.ready;
    const [id, atMs] = [newId(), Date.now()];
    const question: UserTurn = {
      role: 'user',
      id,
      parentId,
      text,
      atMs,
      ...(asOf ? { asOf } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
    };
    if (!given) this.attachments.send();
    const settings = withToday(this.settings.current, this.settings.today);
    this.#answer(appended({ ...this.conversation, settings }, question));
    return true;
  }

  #answer(asked: Conversation, options: AnswerOptions & { partial?: AnswerTurn } = {}): void {
    void this.answering.answer(this.#shown, asked, options);
  }
}
