/**
 * An engine with scripted answers: for answers that no model would give, such as hostile code. It replaces the
 * CPU engine's worker; the page, its stores and its sandbox are the real ones.
 */
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** The answer to the first question that contains the key. */
export type Script = Readonly<Record<string, string>>;

const worker = (script: Script) => `
  const script = ${JSON.stringify(script)};
  const usageOf = (prompt) => {
    const promptTokens = prompt.map(({ text }) => text).join('').split(' ').length;
    return { promptTokens, cachedTokens: 0, completionTokens: 4, prefillMs: promptTokens / 4, decodeMs: 1 };
  };
  onmessage = ({ data: { port, lockName } }) => {
    const answers = {
      load: () => [{ type: 'loaded', loaded: { engine: 'wllama', threads: 1, contextTokens: 2048 } }],
      count: ({ prompt }) => [{ type: 'counted', counts: prompt.map(() => 2) }],
      unload: () => [{ type: 'unloaded' }],
      abort: () => [],
      generate: ({ prompt }) => {
        const asked = prompt.map(({ text }) => text).join('');
        const key = Object.keys(script).find((one) => asked.includes(one));
        const text = key === undefined ? 'I do not know.' : script[key];
        return [{ type: 'token', text }, { type: 'done', finish: 'stop', usage: usageOf(prompt) }];
      },
    };
    port.onmessage = ({ data }) => {
      for (const event of answers[data.type](data)) port.postMessage({ ...event, id: data.id });
    };
    navigator.locks.request(lockName, () => {
      postMessage({ type: 'started', sealed: true });
      return new Promise(() => {});
    });
  };
`;

export async function serveScriptedEngine(appUrl: string, script: Script): Promise<FaultProxy> {
  const proxy = await startFaultProxy(appUrl);
  proxy.rewrite = (path, body) => (path.includes('/engine-wllama') ? worker(script) : body);
  return proxy;
}
