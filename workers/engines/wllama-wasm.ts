/**
 * Gives wllama its compiled wasm. wllama starts a worker from a blob, which would fetch the wasm. The content
 * security policy allows no connection there, as in the engine worker itself. So the compiled wasm is posted to that
 * worker instead.
 */

/** Runs before wllama's own code. The listener is added first, so wllama never gets the message. */
const prelude = `{
  const compiled = new Promise((resolve) => {
    addEventListener('message', function take(event) {
      if (!event.data?.corralWasm) return;
      event.stopImmediatePropagation();
      removeEventListener('message', take);
      resolve(event.data.corralWasm);
    });
  });
  self.fetch = async () => null;
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}
`;

/** While `work` runs, each worker that it starts from a script gets the prelude and the wasm. */
export async function withWasm<T>(wasm: WebAssembly.Module, work: () => Promise<T>): Promise<T> {
  const { createObjectURL } = URL;
  const NativeWorker = globalThis.Worker;
  URL.createObjectURL = (object: Blob) => {
    const isScript = object.type === 'text/javascript';
    const { type } = object;
    return createObjectURL.call(URL, isScript ? new Blob([prelude, object], { type }) : object);
  };
  globalThis.Worker = class extends NativeWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.postMessage({ corralWasm: wasm });
    }
  };
  try {
    return await work();
  } finally {
    URL.createObjectURL = createObjectURL;
    globalThis.Worker = NativeWorker;
  }
}
