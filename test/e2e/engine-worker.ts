/**
 * The app's own engine worker, used over its protocol: for what the page's controls do not show, such as a
 * seed, or an error's detail.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Page, Worker as PageWorker } from 'playwright/test';
import { builtInModel } from '../../src/core/models/built-in.ts';
import {
  type EngineId,
  type EngineModel,
  type GenerateParams,
  type Prompt,
  type Usage,
  visitor,
} from '../../src/protocol/engine.ts';
import type { WireError } from '../../src/protocol/errors';
import { withKernels } from '../../vite/wllama-kernels.ts';
import { delayReads } from './slow-gpu.ts';

export interface WorkerAnswer {
  readonly text: string;
  readonly usage: Usage;
  readonly finish: string;
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

const publishedWasm = new URL(
  '../../node_modules/@wllama/wllama/esm/single-thread/wllama.wasm',
  import.meta.url,
);
/** Tells the built file from the one for several threads. */
const singleThreadBytes = () => withKernels(readFileSync(publishedWasm), 'single-thread').length;
const dist = new URL('../../dist/assets/', import.meta.url);

export class EngineWorker {
  private constructor(
    private readonly page: Page,
    private readonly worker: PageWorker,
  ) {}

  /** The page must be on the app's origin, and the models in its store. */
  static async start(page: Page, engine: EngineId = 'webllm'): Promise<EngineWorker> {
    const name = new RegExp(`^engine-${engine}\\.worker-.*\\.js$`);
    const started = page.waitForEvent('worker', (worker) => worker.url().includes('/engine-'));
    await page.evaluate(startInPage, `assets/${built(name)}`);
    return new EngineWorker(page, await started);
  }

  /** Ends the worker with everything in it, and starts another. */
  async restart(engine: EngineId): Promise<EngineWorker> {
    await this.end();
    return EngineWorker.start(this.page, engine);
  }

  async end(): Promise<void> {
    await this.page.evaluate(() => {
      (globalThis as unknown as { engineWorker: Worker }).engineWorker.terminate();
    });
  }

  load(model: EngineModel): Promise<Outcome<null>> {
    return this.page.evaluate(requestInPage, { type: 'load', model }) as Promise<Outcome<null>>;
  }

  /** Loads the built-in model with one thread; its wasm is fetched by the page, as the app does. */
  async loadBuiltIn(): Promise<Outcome<null>> {
    const { id: modelId, contextTokens, file } = builtInModel;
    return this.#loadGguf({ modelId, contextTokens, file });
  }

  /** Loads a GGUF that is stored nowhere. */
  async loadFile(gguf: Blob, contextTokens: number): Promise<Outcome<null>> {
    const file = { name: 'model.gguf', sizeBytes: gguf.size };
    const weights = { [file.name]: Buffer.from(await gguf.arrayBuffer()).toString('base64') };
    return this.#loadGguf({ modelId: 'handed', contextTokens, file }, weights);
  }

  /** Loads an MLC folder that is stored nowhere. */
  loadFolder(
    files: Readonly<Record<string, Buffer>>,
    contextTokens: number,
  ): Promise<Outcome<null>> {
    const model = { engine: 'webllm', modelId: 'handed', contextTokens };
    const weights = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, file.toString('base64')]),
    );
    return this.page.evaluate(requestInPage, { type: 'load', model, weights }) as Promise<
      Outcome<null>
    >;
  }

  #loadGguf(model: object, weights?: Base64Files): Promise<Outcome<null>> {
    const wasm = `assets/${built(/^wllama-.*\.wasm$/, singleThreadBytes())}`;
    const request = { type: 'load', model: { engine: 'wllama', threads: 1, ...model }, wasm };
    return this.page.evaluate(requestInPage, { ...request, weights }) as Promise<Outcome<null>>;
  }

  /** For the visitor, if no owner is named. With `stopAfterTokens`, it is stopped after that many tokens. */
  generate(
    prompt: Prompt,
    params: GenerateParams,
    { stopAfterTokens, owner = visitor }: { stopAfterTokens?: number; owner?: string } = {},
  ): Promise<Outcome<WorkerAnswer>> {
    const request = { type: 'generate', owner, prompt, params, stopAfterTokens };
    return this.page.evaluate(requestInPage, request) as Promise<Outcome<WorkerAnswer>>;
  }

  /** As `delayReads` of slow-gpu.ts. */
  async delayReads(delayMs: number): Promise<void> {
    // A fixture's own worker may have been replaced by a test before.
    const running = this.page.workers().findLast((one) => one.url().includes('/engine-'));
    if (!running) throw new Error('no engine runs');
    await delayReads(running, delayMs);
  }

  /** The ids of each part. */
  async tokenize(prompt: Prompt): Promise<readonly (readonly number[])[]> {
    const outcome = (await this.page.evaluate(requestInPage, {
      type: 'tokenize',
      prompt,
    })) as Outcome<readonly (readonly number[])[]>;
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value;
  }

  /** The probabilities of the choices. */
  choiceProbabilities(
    prompt: Prompt,
    choices: readonly string[],
  ): Promise<Outcome<readonly number[]>> {
    const request = { type: 'choiceProbabilities', owner: visitor, prompt, choices };
    return this.page.evaluate(requestInPage, request) as Promise<Outcome<readonly number[]>>;
  }

  unload(): Promise<Outcome<null>> {
    return this.page.evaluate(requestInPage, { type: 'unload' }) as Promise<Outcome<null>>;
  }

  /** Of WebLLM's worker: its GPU device is lost after that many reads from now on, one for each token. */
  async loseDevice(afterReads: number): Promise<void> {
    await this.worker.evaluate(loseDeviceInWorker, afterReads);
  }

  /** Of WebLLM's worker: notes the tokens of all answers from now on, for `takeSampled`. */
  async noteSampled(): Promise<void> {
    await this.worker.evaluate(noteSampledInWorker);
  }

  /** The ids of the tokens that were sampled since the last call, as they came from the GPU. */
  takeSampled(): Promise<readonly number[]> {
    return this.worker.evaluate(() =>
      (globalThis as unknown as { sampled: number[] }).sampled.splice(0),
    );
  }
}

/** The protocol has no ids. A sampled token is all that an answer reads from the GPU in four bytes. */
function noteSampledInWorker() {
  const sampled: number[] = [];
  const buffers = GPUBuffer.prototype;

  const { getMappedRange } = buffers;
  buffers.getMappedRange = function (this: GPUBuffer, offset?: number, size?: number) {
    const range = getMappedRange.call(this, offset, size);
    if (size === 4) sampled.push(...new Int32Array(range));
    return range;
  };
  Object.assign(globalThis, { sampled });
}

function loseDeviceInWorker(afterReads: number) {
  const [devices, buffers] = [GPUDevice.prototype, GPUBuffer.prototype];

  const { createCommandEncoder } = devices;
  const { mapAsync } = buffers;

  let reads = 0;
  buffers.mapAsync = function (this: GPUBuffer, ...range) {
    reads += 1;
    return mapAsync.apply(this, range);
  };
  // A command shows which device is WebLLM's.
  devices.createCommandEncoder = function (this: GPUDevice, descriptor) {
    if (reads === afterReads) {
      this.destroy();
      reads = Infinity;
    }
    return createCommandEncoder.call(this, descriptor);
  };
}

/** The built file of that name, and of that size if there are several. */
function built(name: RegExp, sizeBytes?: number): string {
  const isWanted = (file: string) =>
    name.test(file) &&
    (sizeBytes === undefined || statSync(new URL(file, dist)).size === sizeBytes);
  const file = readdirSync(dist).find(isWanted);
  if (!file) throw new Error(`the build has no ${name.source}`);
  return file;
}

function startInPage(script: string) {
  const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: 'connect', port: port2, lockName: 'test' }, [port2]);
  Object.assign(globalThis, { enginePort: port1, engineWorker: worker });
}

/** A model's files by their names. */
type Base64Files = Readonly<Record<string, string>>;

interface PageRequest {
  readonly type: string;
  readonly stopAfterTokens?: number | undefined;
  /** The address of the wasm that the model needs. */
  readonly wasm?: string;
  readonly model?: object;
  readonly weights?: Base64Files | undefined;
}

/** Resolves with the request's last event, and all the text that came before. */
async function requestInPage({
  stopAfterTokens,
  wasm,
  weights,
  ...request
}: PageRequest): Promise<unknown> {
  const { enginePort: port } = globalThis as unknown as { enginePort: MessagePort };
  const id = Math.floor(Math.random() * 1e9);
  const compiled =
    wasm && (await WebAssembly.compileStreaming(fetch(new URL(wasm, document.baseURI))));
  const blobOf = (base64: string) => {
    const chars = atob(base64);
    const bytes = new Uint8Array(chars.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = chars.charCodeAt(at);
    return new Blob([bytes]);
  };
  const blobs = Object.entries(weights ?? {}).map(([name, file]) => [name, blobOf(file)]);
  const model = request.model && {
    ...request.model,
    ...(compiled ? { wasm: compiled } : {}),
    ...(weights ? { weights: Object.fromEntries(blobs) as object } : {}),
  };
  return new Promise((resolve) => {
    let text = '';
    let tokens = 0;
    const take = ({ data }: MessageEvent<Record<string, unknown>>) => {
      if (data['id'] !== id) return;
      switch (data['type']) {
        case 'token':
          text += String(data['text']);
          tokens += 1;
          if (tokens === stopAfterTokens) port.postMessage({ type: 'abort', id });
          return;
        case 'done':
          resolve({ ok: true, value: { text, usage: data['usage'], finish: data['finish'] } });
          return;
        case 'probabilities':
          resolve({ ok: true, value: data['probabilities'] });
          return;
        case 'failed':
          resolve({ ok: false, error: data['error'] });
          return;
        case 'tokenized':
          resolve({ ok: true, value: data['tokens'] });
          return;
        case 'loaded':
        case 'unloaded':
          resolve({ ok: true, value: null });
          return;
        default:
      }
    };
    // Another request may be under way.
    port.addEventListener('message', take);
    port.start();
    port.postMessage({ ...request, ...(model ? { model } : {}), id });
  });
}
