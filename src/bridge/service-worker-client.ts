/** The page's side of the service worker: registers it, asks it, and follows its updates. */
import type { Workbox } from 'workbox-window';
import type {
  RequestedPart,
  StoredParts,
  PageRequest,
  ServiceWorkerFetched,
  ServiceWorkerMessage,
  Shared,
} from '../protocol/offline';

export interface ServiceWorkerEvents {
  /** A newer version is installed and waits for `update`. */
  readonly onUpdateReady: () => void;
  readonly onFetched: (fetched: ServiceWorkerFetched) => void;
}

/**
 * How long an engine waits for the service worker, which fetches the app first. The service worker seals the engine if
 * the host's headers do not.
 */
const sealTimeoutMs = 60_000;

/** The shortest time between two checks for a new version, made when an open page becomes visible. */
const checkIntervalMs = 3_600_000;

export class ServiceWorkerClient {
  /** Resolves once a service worker controls the page; rejects if none will. */
  readonly controlled: Promise<void>;

  readonly #scriptUrl: string | null;
  readonly #events: ServiceWorkerEvents;
  readonly #container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  #workbox: Workbox | null = null;
  /** Hashes of the files of this page's build, which a later version's service worker cannot know. */
  #integrities: Readonly<Record<string, string>> = {};
  /** Another page has activated a newer version; this page still runs the old one. */
  #isOutdated = false;

  /** `scriptUrl` is null if there is to be no service worker. */
  constructor(scriptUrl: string | null, events: ServiceWorkerEvents) {
    this.#scriptUrl = scriptUrl;
    this.#events = events;
    this.controlled = this.#register();
    this.controlled.catch(() => {}); // callers get the error
  }

  /** Waits for the service worker, as an engine does; false if the page runs without one. */
  async isControlled(): Promise<boolean> {
    const timeout = new Promise((_, reject) => setTimeout(reject, sealTimeoutMs));
    return Promise.race([this.controlled, timeout]).then(
      () => true,
      () => false,
    );
  }

  /** Lets the service worker fetch these parts; returns the parts of engines that are stored. */
  async storeParts(parts: readonly RequestedPart[]): Promise<StoredParts> {
    return ((await this.#ask({ type: 'keep', parts })) as StoredParts | undefined) ?? [];
  }

  /** Takes the content that was posted to the share target; null for none. */
  async takeShared(): Promise<Shared | null> {
    return ((await this.#ask({ type: 'take-shared' })) as Shared | undefined) ?? null;
  }

  /** Activates the waiting version and reloads the page. */
  update(): void {
    if (this.#isOutdated || !this.#workbox) return location.reload();
    this.#workbox.addEventListener('controlling', () => location.reload());
    this.#workbox.messageSkipWaiting();
  }

  async #register(): Promise<void> {
    const container = this.#container;
    if (!container || !this.#scriptUrl) throw new Error('there is no service worker');
    container.addEventListener('message', ({ data, ports }: MessageEvent<ServiceWorkerMessage>) => {
      if (data.type === 'fetched') this.#events.onFetched(data);
      else ports[0]?.postMessage(this.#integrities[data.url]);
    });
    let { controller } = container;
    // A visitor can type before this is loaded.
    const { Workbox } = await import('workbox-window');
    // The browser must not cache the script: an old one would hide a new version.
    const workbox = new Workbox(this.#scriptUrl, { scope: './', updateViaCache: 'none' });
    this.#workbox = workbox;
    workbox.addEventListener('waiting', () => {
      // The very first version waits too if the page was reloaded while it was installed.
      if (controller) this.#events.onUpdateReady();
    });
    workbox.addEventListener('controlling', () => {
      const isFirst = controller === null;
      ({ controller } = container);
      if (isFirst) return;
      this.#isOutdated = true;
      this.#events.onUpdateReady();
    });
    const redundant = new Promise<never>((_, reject) =>
      workbox.addEventListener('redundant', reject),
    );
    const registration = await workbox.register();
    if (!registration) throw new Error('the registration was blocked');
    this.#checkForUpdates(workbox, { checkNow: controller !== null });
    // After a forced reload a service worker is active but does not control the page until it is asked to.
    if (!container.controller) registration.active?.postMessage({ type: 'claim' });
    await Promise.race([workbox.controlling, this.#hasController(container), redundant]);
    void this.#ask({ type: 'list-files' }).then((files) => {
      this.#integrities = (files ?? {}) as Record<string, string>;
    });
  }

  #hasController(container: ServiceWorkerContainer): Promise<void> {
    return new Promise((resolve) => {
      if (container.controller) return resolve();
      container.addEventListener('controllerchange', () => resolve(), { once: true });
    });
  }

  /** The browser checks by itself, but not while a page only stays open. */
  #checkForUpdates(workbox: Workbox, { checkNow }: { readonly checkNow: boolean }): void {
    let checkedMs = performance.now();
    const check = () => {
      checkedMs = performance.now();
      workbox.update().catch(() => {}); // offline, for example: the next check will succeed
    };
    if (checkNow) check();
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && performance.now() - checkedMs >= checkIntervalMs) check();
    });
  }

  async #ask(request: PageRequest): Promise<unknown> {
    await this.controlled;
    const controller = this.#container?.controller;
    if (!controller) return undefined;
    const { messageSW } = await import('workbox-window');
    return messageSW(controller, request);
  }
}

/** The app's own service worker. Development has none, since every file changes. */
export function ownServiceWorker(events: ServiceWorkerEvents): ServiceWorkerClient {
  const url = import.meta.env.PROD ? new URL('service-worker.js', document.baseURI).href : null;
  return new ServiceWorkerClient(url, events);
}
