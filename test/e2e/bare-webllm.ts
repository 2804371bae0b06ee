/**
 * The published WebLLM on a page with nothing else, unpatched and by its public calls: what the app's answers are
 * compared with. Each answer begins with an empty KV cache.
 */
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright/test';
import type { GenerateParams } from '../../src/protocol/engine.ts';

/** Nobody serves it: the files are given by the test. WebGPU wants an origin that counts as safe. */
const origin = 'http://bare.localhost';
const bundle = new URL('../../node_modules/@mlc-ai/web-llm/lib/index.js', import.meta.url);
const cria = new URL('../fixtures/cria/', import.meta.url);

interface BareAnswer {
  readonly text: string;
  /** The ids of its tokens. */
  readonly tokens: readonly number[];
}

export class BareWebLlm {
  private constructor(private readonly page: Page) {}

  /** With Cria loaded. */
  static async open(context: BrowserContext): Promise<BareWebLlm> {
    const page = await context.newPage();
    await page.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '' });
      const file = pathname === '/web-llm.js' ? bundle : new URL(pathname.split('/').pop()!, cria);
      return route.fulfill({ path: fileURLToPath(file) });
    });
    await page.goto(origin);
    await page.evaluate(loadInPage);
    return new BareWebLlm(page);
  }

  /** `prompt` is whole, with its control tokens. With `endless`, end tokens are tokens like all others. */
  answer(
    prompt: string,
    params: GenerateParams,
    { endless = false }: { endless?: boolean } = {},
  ): Promise<BareAnswer> {
    const { temperature, topP, repeatPenalty, seed, maxTokens } = params;
    return this.page.evaluate(answerInPage, {
      prompt,
      temperature,
      top_p: topP,
      repetition_penalty: repeatPenalty,
      frequency_penalty: params.frequencyPenalty ?? 0,
      presence_penalty: params.presencePenalty ?? 0,
      max_tokens: maxTokens,
      seed: seed ?? null,
      ignore_eos: endless,
    });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

interface Engine {
  reload(model: string): Promise<void>;
  completions: {
    create(request: object): Promise<{ choices: { text: string }[] }>;
  };
  /** Private to WebLLM, and the only place that has the ids. */
  loadedModelIdToPipeline: Map<string, { outputIds: number[] }>;
}

/** Runs in the page. */
async function loadInPage() {
  const script = '/web-llm.js';
  const { MLCEngine } = (await import(script)) as { MLCEngine: new (options: object) => Engine };
  const model = `${location.origin}/cria/resolve/main/`;
  const record = { model, model_lib: `${model}cria.wasm`, model_id: 'cria' };
  const appConfig = { cacheBackend: 'indexeddb', model_list: [record] };
  const engine = new MLCEngine({ appConfig, logLevel: 'SILENT' });
  await engine.reload('cria');
  Object.assign(globalThis, { engine });
}

/** Runs in the page. */
async function answerInPage(request: object): Promise<BareAnswer> {
  const { engine } = globalThis as unknown as { engine: Engine };
  const { choices } = await engine.completions.create(request);
  const [pipeline] = engine.loadedModelIdToPipeline.values();
  return { text: choices[0]?.text ?? '', tokens: [...(pipeline?.outputIds ?? [])] };
}
