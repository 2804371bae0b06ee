/**
 * A conversation without an interface that asks the model as the chat does: the same context window, system
 * text, pinned instruction, dates, modes and engine calls. Only the sampling is greedy with a fixed seed, so
 * that results can be repeated.
 */
import type { AsOfDate } from '../../core/prompt/as-of-date';
import type { AnswerTurn, Turn, UserTurn } from '../../core/chat/conversation';
import { type ConversationSettings, defaultSettings } from '../../core/chat/conversation-settings';
import type { Usage } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import type { Models } from '../models/models.svelte';
import type { AnswerGenerator } from '../chat/answer-generator';

export interface HeadlessAnswer {
  readonly text: string;
  readonly usage: Usage;
  /** From sending the prompt, on the page's clock. */
  readonly timeToFirstTokenMs: number;
  readonly ms: number;
}

const seed = 1;

/** The settings except sampling, and without "today", which would make runs differ. */
export type HeadlessSettings = Partial<Omit<ConversationSettings, 'sampling' | 'today'>>;

export interface HeadlessOptions {
  /** The chat's own generator. */
  readonly generator: AnswerGenerator;
  readonly models: Models;
}

export class HeadlessChat {
  readonly #generator: AnswerGenerator;
  readonly #models: Models;
  readonly #settings: ConversationSettings;
  readonly #turns: Turn[] = [];

  constructor(
    { generator, models }: HeadlessOptions,
    settings: HeadlessSettings,
    maxAnswerTokens: number,
  ) {
    this.#models = models;
    this.#generator = generator;
    const sampling = { temperature: 0, topP: 1, seed, maxAnswerTokens };
    this.#settings = { ...defaultSettings, asOf: 'off', ...settings, sampling };
  }

  /** The answer becomes part of the conversation. Rejects with an AppError, `aborted` after an abort. */
  async ask(question: string, signal: AbortSignal, asOf?: AsOfDate): Promise<HeadlessAnswer> {
    signal.throwIfAborted();
    const asked = this.#question(question, asOf);
    let text = '';
    let usage: Usage | null = null;
    let isAborted = false;
    let startMs = performance.now();
    let firstMs: number | null = null;
    await this.#generator.write({
      turns: [...this.#turns, asked],
      settings: this.#settings,
      signal,
      varied: false,
      remind: false,
      partial: '',
      onBegin: () => (startMs = performance.now()),
      onEvent: (event) => {
        if (event.type === 'token') {
          firstMs ??= performance.now();
          text += event.text;
        } else if (event.type === 'done') {
          usage = event.usage;
          isAborted = event.finish === 'aborted';
        }
      },
    });
    if (isAborted || !usage) throw new AppError('aborted');
    this.#turns.push(asked);
    this.#turns.push(this.#answer(text));
    const endMs = performance.now();
    return { text, usage, timeToFirstTokenMs: (firstMs ?? endMs) - startMs, ms: endMs - startMs };
  }

  #question(text: string, asOf: AsOfDate | undefined): UserTurn {
    const dated = asOf ? { asOf } : {};
    return { role: 'user', ...this.#place(), text, ...dated };
  }

  #answer(text: string): AnswerTurn {
    const { id: modelId } = this.#models.chosen;
    return { role: 'assistant', ...this.#place(), text, modelId, state: 'done' };
  }

  #place() {
    const parentId = this.#turns.at(-1)?.id ?? null;
    return { id: `${this.#turns.length}`, parentId, atMs: 0 };
  }
}
