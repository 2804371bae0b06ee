/** Has code coloured and formulas set by a worker, one after another; what takes too long is dropped. */
import { type SpawnWorker, spawnWorker } from '../bridge/spawn';
import type { Span, TypesetEvent, TypesetRequest } from '../protocol/typeset';

/** A grammar or Temml may have to be loaded first; after that a request takes milliseconds. */
const timeoutMs = 5000;
/** Of formulas, which a paragraph shows anew as it grows. */
const keptFormulas = 400;

type Wish =
  | Omit<Extract<TypesetRequest, { type: 'code' }>, 'requestId'>
  | Omit<Extract<TypesetRequest, { type: 'formula' }>, 'requestId'>;

interface Job {
  readonly wish: Wish;
  readonly done: (event: TypesetEvent | null) => void;
}

export class Typesetter {
  readonly #spawn: SpawnWorker;
  readonly #formulas = new Map<string, Promise<string | null>>();
  #queue: Job[] = [];
  #worker: Worker | null = null;
  #requestId = 0;
  #current: { readonly job: Job; readonly timer: ReturnType<typeof setTimeout> } | null = null;

  constructor(spawn: SpawnWorker = spawnWorker) {
    this.#spawn = spawn;
  }

  /** null if the language is not known, or the code is too hard. */
  async highlight(language: string, code: string): Promise<readonly Span[] | null> {
    const event = await this.#ask({ type: 'code', language, code });
    return event?.type === 'code' ? event.spans : null;
  }

  /** MathML as XML, not to be trusted; null if the formula has an error. */
  formula(tex: string, display: boolean): Promise<string | null> {
    const key = `${display} ${tex}`;
    const known = this.#formulas.get(key);
    if (known) return known;
    const result = this.#ask({ type: 'formula', tex, display }).then((event) =>
      event?.type === 'formula' ? event.mathml : null,
    );
    this.#formulas.set(key, result);
    const [oldest] = this.#formulas.keys();
    if (this.#formulas.size > keptFormulas && oldest !== undefined) this.#formulas.delete(oldest);
    return result;
  }

  #ask(wish: Wish): Promise<TypesetEvent | null> {
    return new Promise((resolve) => {
      this.#queue.push({ wish, done: resolve });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current) return;
    const job = this.#queue.shift();
    if (!job) return;
    const timer = setTimeout(() => this.#restart(), timeoutMs);
    this.#current = { job, timer };
    this.#requestId++;
    this.#started().postMessage({ ...job.wish, requestId: this.#requestId });
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#spawn('typeset');
    worker.onmessage = ({ data }: MessageEvent<TypesetEvent>) => {
      if (data.requestId === this.#requestId) this.#finish(data);
    };
    worker.onerror = () => this.#restart();
    this.#worker = worker;
    return worker;
  }

  /** A text on which the worker hangs or dies is given up; the next ones get a new worker. */
  #restart(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#finish(null);
  }

  #finish(event: TypesetEvent | null): void {
    if (!this.#current) return;
    const { job, timer } = this.#current;
    clearTimeout(timer);
    this.#current = null;
    job.done(event);
    this.#next();
  }
}

/** One for all answers; its worker is started with the first code or formula. */
export const typesetter = new Typesetter();
