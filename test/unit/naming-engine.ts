/** An engine that answers with the name of the loaded model, once its gate is open. */
import type { EngineBroker } from '../../src/bridge/engine-broker';
import type { EngineEvent, EngineRequest } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';

const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 };

export class NamingEngine implements OpenedEngine {
  readonly isSealed = true;
  loaded: string | null = null;
  readonly loads: string[] = [];
  /** The texts of the requests, in order. */
  readonly asked: string[] = [];
  readonly owners: string[] = [];
  gate: Promise<void> = Promise.resolve();
  running = 0;
  most = 0;

  async *ask(request: EngineRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    this.most = Math.max(this.most, ++this.running);
    try {
      if ('prompt' in request) this.asked.push(request.prompt.map(({ text }) => text).join(''));
      if ('owner' in request) this.owners.push(request.owner);
      yield* this.#events(request, signal);
    } finally {
      this.running--;
    }
  }

  async *#events(request: EngineRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    switch (request.type) {
      case 'load': {
        const { modelId, contextTokens } = request.model;
        this.loads.push(modelId);
        this.loaded = modelId;
        yield {
          type: 'loaded',
          loaded: { engine: 'webllm', threads: 0, json: false, contextTokens },
        };
        return;
      }
      case 'generate':
        yield { type: 'token', text: this.loaded ?? 'none' };
        await Promise.race([
          this.gate,
          new Promise((resolve) => signal.addEventListener('abort', resolve)),
        ]);
        yield { type: 'done', finish: signal.aborted ? 'aborted' : 'stop', usage };
        return;
      case 'count':
        yield { type: 'counted', counts: [this.loaded?.length ?? 0] };
        return;
      case 'unload':
        this.loaded = null;
        yield { type: 'unloaded' };
        return;
      default:
        throw new AppError('engine-failed');
    }
  }
}

type OpenedEngine = ReturnType<ConstructorParameters<typeof EngineBroker>[0]>;
