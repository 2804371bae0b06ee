import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ServiceWorkerClient } from '../../src/bridge/service-worker-client';

/** A browser's service worker as workbox-window reports it, with events that the test sends. */
const browser = vi.hoisted(() => ({
  workbox: new EventTarget(),
  onRegister: () => {},
  hasRegistered: false,
}));

vi.mock('workbox-window', () => ({
  messageSW: () => Promise.resolve({}),
  Workbox: class {
    controlling = new Promise(() => {});
    addEventListener = (type: string, listener: () => void) =>
      browser.workbox.addEventListener(type, listener);
    update = () => Promise.resolve();
    register = () => {
      browser.onRegister();
      browser.hasRegistered = true;
      return Promise.resolve({ active: null });
    };
  },
}));

let container: EventTarget & { controller: object | null };
let updates: number;
beforeEach(() => {
  container = Object.assign(new EventTarget(), { controller: null });
  browser.workbox = new EventTarget();
  browser.onRegister = () => {};
  browser.hasRegistered = false;
  updates = 0;
  vi.stubGlobal('navigator', { serviceWorker: container });
  vi.stubGlobal('document', new EventTarget());
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  new ServiceWorkerClient('service-worker.js', {
    onUpdateReady: () => (updates += 1),
    onFetched: () => {},
  });

function takesControl() {
  container.controller = {};
  browser.workbox.dispatchEvent(new Event('controlling'));
  container.dispatchEvent(new Event('controllerchange'));
}

const waits = () => void browser.workbox.dispatchEvent(new Event('waiting'));

it('a first service worker is not a new version, even if the page was reloaded during its installation', async () => {
  browser.onRegister = waits;
  const client = open();
  await vi.waitFor(() => expect(browser.hasRegistered).toBe(true));
  takesControl();
  await client.controlled;
  expect(updates).toBe(0);
});

it('a version that waits while another one has control is new', async () => {
  container.controller = {};
  browser.onRegister = waits;
  await open().controlled;
  expect(updates).toBe(1);
});

it('a version that comes later, or that another page has activated, is new', async () => {
  const client = open();
  await vi.waitFor(() => expect(browser.hasRegistered).toBe(true));
  takesControl();
  await client.controlled;
  waits();
  expect(updates).toBe(1);
  takesControl();
  expect(updates).toBe(2);
});
