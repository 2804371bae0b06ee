/** Writes one answer at a time into its own conversation, even if another one is shown. */
import { activePath, appended, replaced } from '../../core/chat/branches';
import { type AnswerTurn, type Conversation, answerToContinue } from '../../core/chat/conversation';
import { safetyOf } from '../../core/chat/conversation-settings';
import type { ModelEngine } from '../../bridge/engine-client';
import type { SharedWork } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import { AnswerWriter } from './answer-writer';
import type { BestOfStep } from './best-of-writer';
import type { ContextWindow } from '../prompt/context-window.svelte';
import type { ConversationSession } from './conversation-session.svelte';
import type { Models } from '../models/models.svelte';
import type { ConversationSessions } from './conversation-sessions.svelte';
import { AnswerGenerator, type AnswerRequest } from './answer-generator';
import type { Restarts } from '../models/restarts.svelte';

export interface AnsweringOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  readonly restarts: Restarts;
  readonly sessions: ConversationSessions;
  readonly window: ContextWindow;
}

export interface AnswerOptions {
  /** True for another answer to the same question, which should differ. */
  readonly varied?: boolean;
  readonly downloadAgain?: boolean;
  /** Writes this many candidates and keeps the best; 1 by default. */
  readonly candidates?: number;
  /** Repeats the pinned instruction with the question. */
  readonly remind?: boolean;
  /** Continues an answer whose text no longer fits, using only its end. */
  readonly fromEnd?: boolean;
}

/** Uses the engine while it is idle. */
export interface BackgroundWork {
  /** Aborts the work, since the engine is needed for something else. */
  yieldEngine(): void;
  /** An answer of this session has ended. */
  answered(session: ConversationSession): Promise<void>;
}

type AnswerInput = Omit<AnswerRequest, 'onBegin' | 'onEvent'>;

export class Answering {
  busy = $state(false);
  /** True from a stop until the engine reacts: a step of prefill can take a second. */
  stopping = $state(false);
  /** 0 to 1 during prefill; null otherwise. */
  prefill01 = $state<number | null>(null);
  /** What the engine does for another tab while this one waits. */
  waitsFor = $state<SharedWork | null>(null);
  /** The current step of a best-of answer; null otherwise. */
  bestOfStep = $state.raw<BestOfStep | null>(null);

  background: BackgroundWork | null = null;

  readonly #options: AnsweringOptions;
  /** For a caller with its own conversation, within `exclusively`. */
  readonly generator: AnswerGenerator;
  #controller: AbortController | null = null;

  constructor(options: AnsweringOptions) {
    this.#options = options;
    this.generator = new AnswerGenerator(options.engine, options.models, options.window);
  }

  /** Answers the leaf question of `asked`, or continues the answer that is its leaf. */
  async answer(
    session: ConversationSession,
    asked: Conversation,
    { partial, ...options }: AnswerOptions & { partial?: AnswerTurn },
  ): Promise<void> {
    const { models, restarts } = this.#options;
    const answer = partial ? answerToContinue(partial, models.chosen) : this.#blankAnswer(asked);
    const turns = activePath(asked).filter(({ id }) => id !== answer.id);
    const { settings } = asked;
    const { varied = false, remind = false, downloadAgain = false, candidates = 1 } = options;
    const { fromEnd = false } = options;
    await this.exclusively(session, async (signal) => {
      const writer = new AnswerWriter(answer, (next) => session.write(next));
      const next = partial ? replaced(asked, answer) : appended(asked, answer);
      const holding = session.beginWriting(next, answer.id);
      try {
        if (downloadAgain) await (await models.maintenance()).discardDamaged(signal);
        // Without an `await`, the engine gets the question before the page draws it.
        if (!models.isReady) await models.ensureReady();
        signal.throwIfAborted();
        const input = { turns, settings, varied, remind, partial: answer.text, fromEnd, signal };
        if (candidates === 1) await this.#write(writer, input);
        else await this.#writeBestOf(session, answer, candidates, input);
        restarts.answered();
      } catch (cause) {
        writer.fail(AppError.from(cause, 'engine-failed'));
      } finally {
        void holding.then((release) => release());
      }
    });
    void this.background?.answered(session);
  }

  /**
   * Runs work that excludes other answers and that `stop` ends; without a session, for an evaluation. False if
   * something else runs; then nothing is done.
   */
  async exclusively(
    session: ConversationSession | null,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<boolean> {
    if (this.#controller) return false;
    this.background?.yieldEngine();
    const controller = new AbortController();
    this.#controller = controller;
    this.#options.sessions.answering = session;
    this.busy = true;
    try {
      await this.#options.models.keepLoadedDuring(() => work(controller.signal));
      return true;
    } finally {
      this.busy = false;
      this.stopping = false;
      this.prefill01 = null;
      this.bestOfStep = null;
      this.#controller = null;
      this.#options.sessions.endAnswering();
    }
  }

  /** Stops the answer, or the download it waits for; the text so far stays. */
  stop(): void {
    this.stopping = this.busy;
    this.#controller?.abort();
    const { models } = this.#options;
    if (models.state.phase !== 'ready') models.cancel();
  }

  #blankAnswer({ leafId, settings: { pinned } }: Conversation): AnswerTurn {
    const { chosen } = this.#options.models;
    return {
      role: 'assistant',
      id: newId(),
      parentId: leafId,
      text: '',
      atMs: Date.now(),
      modelId: chosen.id,
      modelName: chosen.name,
      state: 'waiting',
      ...(pinned === '' ? {} : { pinned }),
    };
  }

  #write(writer: AnswerWriter, input: AnswerInput) {
    return this.generator.write({
      ...input,
      onBegin: (given) => writer.begin(given),
      onEvent: (event) => {
        const { type } = event;
        this.prefill01 = type === 'prefill' ? event.doneTokens / event.totalTokens : null;
        writer.receive(event);
      },
    });
  }

  async #writeBestOf(
    session: ConversationSession,
    answer: AnswerTurn,
    count: number,
    input: AnswerInput,
  ) {
    const { engine, models } = this.#options;
    // Rarely used, so not part of the first load.
    const { grades, writeBestOf } = await import('./best-of-writer');
    await writeBestOf(answer, {
      count,
      safetyFirst: safetyOf(input.settings, models.chosen) === 'careful',
      write: (writer, nth) => this.#write(writer, { ...input, nth }),
      choiceProbabilities: (prompt) =>
        engine.choiceProbabilities(prompt, grades, { signal: input.signal }),
      onStep: (step) => (this.bestOfStep = step),
      onChange: (next) => session.write(next),
    });
  }
}
