/** Entry of the engine worker: hands ports to the host and holds the lock that shows it is alive. */
import type { EngineConnect, EngineModel } from '../src/protocol/engine';
import { AppError } from '../src/protocol/errors';
import { EngineHost } from './engine-host';
import type { Engine, OnLost } from './engines/engine';

declare const self: DedicatedWorkerGlobalScope;

/** Only the engine that is asked for is fetched: WebLLM alone is 6 MB of JavaScript. */
async function openEngine(model: EngineModel, onLost: OnLost): Promise<Engine> {
  try {
    if (model.engine === 'wllama') {
      const { WllamaEngine } = await import('./engines/wllama');
      return new WllamaEngine(onLost) as Engine;
    }
    const { WebLlmEngine } = await import('./engines/webllm');
    return new WebLlmEngine(onLost) as Engine;
  } catch (cause) {
    throw new AppError('engine-file-missing', { file: model.engine }, { cause });
  }
}

const host = new EngineHost(openEngine);

self.onmessage = ({ data }: MessageEvent<EngineConnect>) => {
  host.serve(data.port);
  const never = new Promise<void>(() => {});
  void navigator.locks?.request(data.lockName, () => {
    self.postMessage('alive');
    return never;
  });
};
