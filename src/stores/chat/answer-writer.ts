/** Turns the events of one generation into the successive states of an answer. */
import type { AnswerTurn } from '../../core/chat/conversation';
import { answerStats, type AnswerTimes } from '../../core/chat/answer-stats';
import type { GivenPassage } from '../../core/documents/document';
import type { GenerateEvent } from '../../bridge/engine-client';
import { type AppError, assertNever } from '../../protocol/errors';

/** One frame: drawing more often than the screen refreshes wastes work. */
const drawIntervalMs = 16;

export class AnswerWriter {
  readonly #onChange: (answer: AnswerTurn) => void;
  #answer: AnswerTurn;
  /** Starts with the text of the answer to continue. */
  #text: string;
  #times: AnswerTimes = { startMs: 0, tokens: 0 };
  #drawnAtMs = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(answer: AnswerTurn, onChange: (answer: AnswerTurn) => void) {
    this.#answer = answer;
    this.#text = answer.text;
    this.#onChange = onChange;
  }

  /** The prompt has been sent to the engine: the time to the first token starts here. */
  begin(given: readonly GivenPassage[] = []): void {
    if (given.length > 0) this.#answer = { ...this.#answer, passages: given };
    this.#times = { startMs: performance.now(), tokens: 0 };
  }

  receive(event: GenerateEvent): void {
    switch (event.type) {
      case 'prefill':
        return;
      case 'token':
        this.#token(event.text);
        return;
      case 'done': {
        const stats = answerStats(this.#times, event.usage);
        this.#finish({
          state: event.finish === 'aborted' ? 'stopped' : 'done',
          ...(stats ? { stats } : {}),
          ...(event.finish === 'length' ? { truncated: true } : {}),
        });
        return;
      }
      default:
        assertNever(event);
    }
  }

  /** The text so far stays: `unfinished` means that the engine, not the model, ended it. */
  fail({ code, data }: AppError): void {
    if (code === 'aborted') this.#finish({ state: 'stopped' });
    else {
      const state = this.#text === '' ? 'failed' : 'unfinished';
      this.#finish({ state, error: { code, data } });
    }
  }

  #token(text: string): void {
    const nowMs = performance.now();
    this.#times = {
      startMs: this.#times.startMs,
      firstMs: this.#times.firstMs ?? nowMs,
      lastMs: nowMs,
      tokens: this.#times.tokens + 1,
    };
    this.#text += text;
    if (this.#pending !== undefined) return;
    const waitMs = this.#drawnAtMs + drawIntervalMs - nowMs;
    if (waitMs <= 0) this.#draw();
    else this.#pending = setTimeout(() => this.#draw(), waitMs);
  }

  #draw(): void {
    this.#pending = undefined;
    this.#drawnAtMs = performance.now();
    this.#answer = { ...this.#answer, text: this.#text, state: 'streaming' };
    this.#onChange(this.#answer);
  }

  #finish(change: Partial<AnswerTurn>): void {
    clearTimeout(this.#pending);
    this.#answer = { ...this.#answer, text: this.#text, ...change };
    this.#onChange(this.#answer);
  }
}
