/**
 * The service worker: serves the app without a network, adds the headers that its host does not send, and receives
 * shared content. It does not intercept requests for models and ranges.
 */
import { Router, Route } from 'workbox-routing';
import type { BuiltFiles, PageRequest, ServiceWorkerMessage } from '../src/protocol/offline';
import { responseHeaders } from '../src/core/response-headers';
import { assertNever } from '../src/protocol/errors';
import { FileCaches } from './offline/file-caches';
import { SharedContent } from './offline/shared';

declare const self: ServiceWorkerGlobalScope;

const policyName = 'Content-Security-Policy';
const modelHosts = import.meta.env['MODEL_HOSTS'] as readonly string[];
const embedders = import.meta.env['EMBEDDERS'] as readonly string[];
const scope = self.registration.scope;
const files = new FileCaches(import.meta.env['BUILT_FILES'] as BuiltFiles);
const shareTarget = new URL('share', scope).href;
const shared = new SharedContent(shareTarget, new URL('#shared', scope).href);
/** A page that is busy drawing answers late. A page of a version that does not know this question never answers. */
const pageTimeoutMs = 5000;

self.addEventListener('install', (event) => event.waitUntil(files.install(event)));
// The first version takes over pages that opened without one; later versions wait for the visitor.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const router = new Router();
router.registerRoute(
  new Route(
    ({ request, url, sameOrigin }) => sameOrigin && !request.headers.has('range') && files.has(url),
    async ({ event, url }) =>
      (await files.withMachineCode(url)) ??
      withHeaders(
        await files.answer(url, event as FetchEvent, (file) =>
          integrityForPage((event as FetchEvent).clientId, file),
        ),
        url.pathname,
      ),
  ),
);
router.registerRoute(
  new Route(
    ({ url }) => url.href === shareTarget,
    ({ request }) => shared.receive(request),
    'POST',
  ),
);
router.addFetchListener();

self.addEventListener('message', (event) => {
  const request = event.data as PageRequest;
  const answer = (value: unknown) => event.ports[0]?.postMessage(value);
  switch (request.type) {
    case 'keep':
      return event.waitUntil(
        files
          .storeParts(request.parts, event)
          .then(answer)
          .then(() => files.deleteOldBuilds()),
      );
    case 'claim':
      return event.waitUntil(self.clients.claim());
    case 'list-files':
      return answer(files.integrities);
    case 'take-shared':
      return event.waitUntil(shared.take().then(answer));
    case 'SKIP_WAITING':
      return void self.skipWaiting();
    default:
      assertNever(request);
  }
});

/**
 * Returns the hash of a file of an earlier build, which is the build of the page. Only pages are asked, since an engine
 * cannot write what they hold. Undefined if the page does not know it, or does not answer.
 */
async function integrityForPage(clientId: string, url: string): Promise<string | undefined> {
  const client = await self.clients.get(clientId);
  if (client?.type !== 'window') return undefined;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<string | undefined>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<string | undefined>) => resolve(data);
    setTimeout(resolve, pageTimeoutMs);
  });
  const question: ServiceWorkerMessage = { type: 'integrity-of', url };
  client.postMessage(question, [port2]);
  return answer.finally(() => port1.close());
}

/** A page sees its own fetches; those of the service worker are reported to it. */
new PerformanceObserver((list) => {
  for (const {
    name,
    transferSize,
    startTime,
  } of list.getEntries() as PerformanceResourceTiming[]) {
    const atMs = performance.timeOrigin + startTime;
    void notifyPages({ type: 'fetched', url: name, bytes: transferSize, atMs });
  }
}).observe({ type: 'resource', buffered: true });

async function notifyPages(message: ServiceWorkerMessage): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) page.postMessage(message);
}

/** Adds the headers that a plain static host does not send. `path` is the path of the response's address. The host's own policy stays in force too. */
function withHeaders(response: Response, path: string): Response {
  // An error or a redirect cannot have headers.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  const ownPolicy = headers.get(policyName);
  for (const [name, value] of Object.entries(responseHeaders(path, modelHosts, embedders))) {
    headers.set(name, value);
  }
  if (ownPolicy !== null && ownPolicy !== headers.get(policyName)) {
    headers.append(policyName, ownPolicy);
  }
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}
