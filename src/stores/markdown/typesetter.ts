/** Lets a worker highlight code and typeset formulas, one request after another; slow requests are dropped. */
import { WorkerRequests } from '../../bridge/requests';
import { type SpawnWorker, spawnWorker } from '../../bridge/spawn';
import { AppError } from '../../protocol/errors';
import type { Span, TypesetEvent, TypesetRequest } from '../../protocol/typeset';

/** A grammar or Temml may have to be loaded first; after that a request takes milliseconds. */
const timeoutMs = 5000;
/** Cached formulas: a growing paragraph shows them again and again. */
const maxFormulas = 400;

type TypesetRequests = WorkerRequests<TypesetRequest, TypesetEvent>;

export class Typesetter {
  readonly #spawn: SpawnWorker;
  readonly #formulas = new Map<string, Promise<string | null>>();
  #requests: TypesetRequests | null = null;
  /** Settles when all requests so far have ended. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(spawn: SpawnWorker = spawnWorker) {
    this.#spawn = spawn;
  }

  /** Null if the language is unknown or the worker failed or took too long. */
  async highlight(language: string, code: string): Promise<readonly Span[] | null> {
    const event = await this.#ask({ type: 'highlight', language, code });
    return event?.type === 'highlighted' ? event.spans : null;
  }

  /** Untrusted MathML, as XML; null if the formula has an error. */
  formula(tex: string, display: boolean): Promise<string | null> {
    const key = `${display} ${tex}`;
    const known = this.#formulas.get(key);
    if (known) return known;
    const result = this.#ask({ type: 'set-formula', tex, display }).then((event) =>
      event?.type === 'formula-set' ? event.mathml : null,
    );
    this.#formulas.set(key, result);
    const [oldest] = this.#formulas.keys();
    if (this.#formulas.size > maxFormulas && oldest !== undefined) this.#formulas.delete(oldest);
    return result;
  }

  #ask(request: TypesetRequest): Promise<TypesetEvent | null> {
    const event = this.#tail.then(() => this.#run(request));
    this.#tail = event;
    return event;
  }

  /** A text on which the worker hangs or crashes is given up; the next request gets a new worker. */
  async #run(request: TypesetRequest): Promise<TypesetEvent | null> {
    const requests = (this.#requests ??= this.#start());
    const timer = setTimeout(() => requests.end(), timeoutMs);
    try {
      return await requests.ask(request);
    } catch {
      requests.end();
      this.#requests = null;
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #start(): TypesetRequests {
    return new WorkerRequests(this.#spawn('typeset'), {
      lastEvents: ['highlighted', 'formula-set', 'refused'],
      failure: (cause) => new AppError('unknown', {}, { cause }),
    });
  }
}

/** One for all answers; its worker starts with the first code or formula. */
export const typesetter = new Typesetter();
