/**
 * Hides platform features that some browsers lack, from the page, from its workers, and from the worker that
 * wllama makes from a blob.
 */
import { has64Bits, memoryFlags } from '../fixtures/wasm-memory.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** Run at the start of every script; each hides a feature, even if it runs several times. */
const hiding = {
  'byte readers': `
    const { getReader } = ReadableStream.prototype;
    ReadableStream.prototype.getReader = function (options) {
      if (options?.mode === 'byob') throw new TypeError('not a byte stream');
      return getReader.call(this);
    };
    delete ReadableStream.prototype[Symbol.asyncIterator];
    delete ReadableStream.prototype.values;`,

  Memory64: `
    ${String(memoryFlags)}
    const check = (bytes) => {
      const view = new Uint8Array(ArrayBuffer.isView(bytes) ? bytes.buffer : bytes);
      if (memoryFlags(view) & ${has64Bits}) throw new WebAssembly.CompileError('memory64 is not enabled');
      return bytes;
    };
    const { compile, instantiate, validate, Module } = WebAssembly;
    const bytesOf = async (response) => (await response).arrayBuffer();
    Object.assign(WebAssembly, {
      validate: (bytes) => { try { return validate(check(bytes)); } catch { return false; } },
      compile: async (bytes) => compile(check(bytes)),
      instantiate: async (source, imports) =>
        instantiate(source instanceof Module ? source : check(source), imports),
      compileStreaming: async (response) => WebAssembly.compile(await bytesOf(response)),
      instantiateStreaming: async (response, imports) =>
        WebAssembly.instantiate(await bytesOf(response), imports),
    });`,

  // The request fails later, and with it the transaction, unless the error is handled.
  'Blobs in IndexedDB': `
    const { put, add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, ...key) {
      if (!(value instanceof Blob)) return put.call(this, value, ...key);
      put.call(this, 0, 'taken');
      const failing = add.call(this, 0, 'taken');
      this.delete('taken');
      return failing;
    };`,

  'navigator.storage': `delete Object.getPrototypeOf(navigator).storage;`,

  SharedArrayBuffer: `
    delete globalThis.SharedArrayBuffer;
    const { Memory } = WebAssembly;
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor) {
        if (descriptor.shared) throw new TypeError('no shared memory');
        super(descriptor);
      }
    };`,
} as const;

export type Part = keyof typeof hiding;
export const parts = Object.keys(hiding) as Part[];

/**
 * Serves the app to a browser that lacks the features. Service workers must be blocked: they know every file's
 * hash.
 */
export async function serveWithout(missing: readonly Part[], appUrl: string): Promise<FaultProxy> {
  const proxy = await startFaultProxy(appUrl);
  const hidden = missing.map((part) => `{ ${hiding[part]} }`).join('\n');
  // A worker made from a blob starts with the same script.
  const script = `(function hide() {
    if (globalThis.partsAreHidden) return;
    globalThis.partsAreHidden = true;
    ${hidden}
    const { createObjectURL } = URL;
    URL.createObjectURL = (object) =>
      createObjectURL.call(URL, object.type === 'text/javascript'
        ? new Blob(['(' + String(hide) + ')();\\n', object], { type: object.type })
        : object);
  })();`;
  proxy.rewrite = (_, body) => `${script}\n${body}`;
  return proxy;
}
