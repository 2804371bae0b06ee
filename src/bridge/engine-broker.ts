/**
 * Shares one engine among several clients: one queue, in which each request is run with the model that it
 * names.
 */
import { loadKey } from '../core/models/engine-model';
import { FairQueue } from './fair-queue';
import {
  type EngineModel,
  type Loaded,
  type SharedEvent,
  type SharedNotice,
  type SharedRequest,
} from '../protocol/engine';
import { AppError, toWire } from '../protocol/errors';
import type { EventMessage, RequestMessage } from '../protocol/requests';
import type { EngineWorker } from './engine-worker';

/**
 * A client that has loaded a model or counted tokens will ask for an answer next, so its turn lasts this much
 * longer. A hidden page's timers can be up to a second late.
 */
const graceMs = 200;

export type BrokerMessage = EventMessage<SharedEvent> | SharedNotice;

export interface BrokerClient {
  /** Ignores malformed requests: the client is in another page. */
  receive(message: RequestMessage<SharedRequest> | null | undefined): void;
  /** Removes the client and drops its requests. */
  leave(): void;
}

interface Client {
  post: (message: BrokerMessage) => void;
  /** The waiting and running ones. */
  readonly works: Map<number, Work>;
}

interface Work {
  readonly client: Client;
  readonly id: number;
  readonly request: SharedRequest;
  readonly controller: AbortController;
}

interface Current {
  readonly key: string;
  readonly model: EngineModel;
  readonly loaded: Loaded;
}

export class EngineBroker {
  readonly #engine: Pick<EngineWorker, 'ask' | 'isSealed'>;
  readonly #clients = new Set<Client>();
  readonly #queue = new FairQueue<Client, Work>();
  #running: Work | null = null;
  #current: Current | null = null;
  #graceTimer: ReturnType<typeof setTimeout> | undefined;

  /** `open` makes the engine; the engine calls `onLost` when it loses its model. */
  constructor(open: (onLost: (error: AppError) => void) => Pick<EngineWorker, 'ask' | 'isSealed'>) {
    this.#engine = open((error) => {
      this.#current = null;
      this.#broadcast({ type: 'lost', error: toWire(error) });
    });
  }

  /** Adds a client, and tells it what is loaded. */
  serve(post: (message: BrokerMessage) => void): BrokerClient {
    const client: Client = { post, works: new Map() };
    this.#clients.add(client);
    if (this.#current) post(this.#available(this.#current));
    return {
      receive: (message) => {
        if (!message) return;
        if (message.type === 'abort') this.#abort(client.works.get(message.id));
        else this.#add({ client, id: message.id, request: message });
      },
      leave: () => {
        this.#clients.delete(client);
        client.post = () => {};
        for (const work of client.works.values()) this.#abort(work);
      },
    };
  }

  #add(request: Omit<Work, 'controller'>): void {
    const { client, id } = request;
    const work: Work = { ...request, controller: new AbortController() };
    client.works.set(id, work);
    this.#queue.add(client, work);
    this.#endBackgroundWork(work);
    if (client === this.#queue.holder) clearTimeout(this.#graceTimer);
    this.#postQueuePosition(work);
    this.#next();
  }

  /** Background work ends as soon as anything else is requested; its own page may count tokens meanwhile. */
  #endBackgroundWork({ client, request }: Work): void {
    const running = this.#running;
    if (running?.request.type !== 'generate' || !running.request.params.isBackground) return;
    if (running.client !== client || request.type !== 'count') running.controller.abort();
  }

  /** A waiting request fails at once; a running one ends as the engine ends it. */
  #abort(work: Work | undefined): void {
    if (!work) return;
    work.controller.abort();
    if (this.#queue.remove(work.client, work)) this.#fail(work, new AppError('aborted'));
  }

  #next(): void {
    if (this.#running) return;
    const work = this.#queue.next();
    if (!work) return;
    this.#running = work;
    work.client.post({ type: 'started', id: work.id });
    for (const waiting of this.#queue) {
      this.#postQueuePosition(waiting);
      this.#endBackgroundWork(waiting);
    }
    this.#run(work)
      .then(
        () => this.#continueAnswer(work),
        (cause: unknown) => {
          this.#fail(work, AppError.from(cause, 'engine-failed'));
          return true;
        },
      )
      .then((isTurnOver) => {
        work.client.works.delete(work.id);
        this.#running = null;
        if (isTurnOver) this.#queue.endTurn();
        this.#next();
      });
  }

  /** True if the turn is over. If not, it ends soon unless its client asks for more. */
  #continueAnswer({ client, request: { type } }: Work): boolean {
    if (type !== 'load' && type !== 'count') return true;
    if (!this.#clients.has(client)) return true;
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => {
      if (this.#running) return;
      this.#queue.endTurn();
      this.#next();
    }, graceMs);
    return false;
  }

  async #run({ client, id, request, controller: { signal } }: Work): Promise<void> {
    const post = (event: SharedEvent) => client.post({ ...event, id });
    if (signal.aborted) throw new AppError('aborted');
    if (request.type === 'unload') {
      if (this.#current?.key === loadKey(request.model)) await this.#unload(client, signal);
      return post({ type: 'unloaded' });
    }
    const current = this.#current;
    const loaded =
      current?.key === loadKey(request.model)
        ? current.loaded
        : await this.#load(client, request.model, signal, post);
    if (request.type === 'load') return post({ type: 'loaded', loaded });
    const { model: _named, ...asked } = request;
    for await (const event of this.#engine.ask(asked, signal)) post(event);
  }

  async #unload(client: Client, signal: AbortSignal): Promise<void> {
    const events = this.#engine.ask({ type: 'unload' }, signal);
    while (!(await events.next()).done);
    this.#drop(client);
  }

  async #load(
    client: Client,
    model: EngineModel,
    signal: AbortSignal,
    post: (event: SharedEvent) => void,
  ): Promise<Loaded> {
    const key = loadKey(model);
    this.#drop(client);
    for await (const event of this.#engine.ask({ type: 'load', model }, signal)) {
      if (event.type === 'load-progress') post(event);
      if (event.type !== 'loaded') continue;
      this.#current = { key, model, loaded: event.loaded };
      this.#broadcast(this.#available(this.#current));
      return event.loaded;
    }
    throw new AppError('engine-died');
  }

  /** The model is unloaded: tells all other clients. */
  #drop(by: Client): void {
    if (!this.#current) return;
    this.#current = null;
    const lost = { type: 'lost', error: toWire(new AppError('model-not-loaded')) } as const;
    for (const client of this.#clients) if (client !== by) client.post(lost);
  }

  #fail({ client, id }: Work, error: AppError): void {
    client.works.delete(id);
    client.post({ type: 'failed', error: toWire(error), id });
  }

  /** Tells a waiting request what it waits for, unless that is its own client's work. */
  #postQueuePosition({ client, id }: Work): void {
    const isOthers = this.#running !== null && this.#running.client !== client;
    client.post({ type: 'queued', waitsFor: isOthers ? this.#running!.request.type : null, id });
  }

  #available({ model, loaded }: Current): SharedNotice {
    return { type: 'available', model, loaded, sealed: this.#engine.isSealed };
  }

  #broadcast(notice: SharedNotice): void {
    for (const client of this.#clients) client.post(notice);
  }
}
