/**
 * The app's own engine worker, spoken to over its protocol: for what no control of the page shows,
 * such as a seed, or an error's detail.
 */
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright/test';
import type { EngineModel, GenerateParams, Prompt, Usage } from '../../src/protocol/engine';
import type { WireError } from '../../src/protocol/errors';

export interface WorkerAnswer {
  readonly text: string;
  readonly usage: Usage;
  readonly finish: string;
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

const dist = new URL('../../dist/assets/', import.meta.url);

export class EngineWorker {
  private constructor(private readonly page: Page) {}

  /** The page must be on the app's origin, and the models in its store. */
  static async start(page: Page): Promise<EngineWorker> {
    const script = readdirSync(dist).find((name) => /^engine-webllm\.worker-.*\.js$/.test(name));
    if (!script) throw new Error('the build has no engine worker');
    await page.evaluate(startInPage, `assets/${script}`);
    return new EngineWorker(page);
  }

  load(model: EngineModel): Promise<Outcome<null>> {
    return this.page.evaluate(requestInPage, { type: 'load', model }) as Promise<Outcome<null>>;
  }

  generate(prompt: Prompt, params: GenerateParams): Promise<Outcome<WorkerAnswer>> {
    const request = { type: 'generate', prompt, params };
    return this.page.evaluate(requestInPage, request) as Promise<Outcome<WorkerAnswer>>;
  }

  /** The probabilities of the answer's beginnings. */
  weigh(prompt: Prompt, beginnings: readonly string[]): Promise<Outcome<readonly number[]>> {
    const request = { type: 'weigh', prompt, beginnings };
    return this.page.evaluate(requestInPage, request) as Promise<Outcome<readonly number[]>>;
  }

  async unload(): Promise<void> {
    await this.page.evaluate(requestInPage, { type: 'unload' });
  }
}

function startInPage(script: string) {
  const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: 'connect', port: port2, lockName: 'test' }, [port2]);
  Object.assign(globalThis, { enginePort: port1 });
}

/** Resolves with the request's last event, and all the text that came before. */
function requestInPage(request: object): Promise<unknown> {
  const { enginePort: port } = globalThis as unknown as { enginePort: MessagePort };
  const requestId = Math.floor(Math.random() * 1e9);
  return new Promise((resolve) => {
    let text = '';
    port.onmessage = ({ data }: MessageEvent<Record<string, unknown>>) => {
      if (data['requestId'] !== requestId) return;
      switch (data['type']) {
        case 'token':
          text += String(data['text']);
          return;
        case 'done':
          resolve({ ok: true, value: { text, usage: data['usage'], finish: data['finish'] } });
          return;
        case 'weighed':
          resolve({ ok: true, value: data['probabilities'] });
          return;
        case 'failed':
          resolve({ ok: false, error: data['error'] });
          return;
        case 'loaded':
        case 'unloaded':
          resolve({ ok: true, value: null });
          return;
        default:
      }
    };
    port.postMessage({ ...request, requestId });
  });
}
