/** Composition root: the only place that wires the rooms together. */
import { mount } from 'svelte';
import { isLaunch, readLaunch } from './core/launch';
import { partsFor } from './core/offline';
import { readCapabilities } from './engine/capabilities';
import { EngineClient } from './engine/client';
import { DownloadClient } from './engine/download-client';
import { loadTexts } from './i18n';
import { pageLockPrefix } from './protocol/offline';
import { readInstallState, watchInstallOffer } from './pwa/install';
import { reloadForIsolation, watchForTouch } from './pwa/isolation';
import { clearAddress, watchLaunches } from './pwa/launches';
import { ServiceWorkerClient } from './pwa/service-worker-client';
import { loadCurrent, saveCurrent } from './storage/conversations';
import {
  loadAcceptances,
  loadModelChoice,
  loadOwnModels,
  saveAcceptance,
  saveModelChoice,
  saveOwnModels,
} from './storage/settings';
import { saveDraft, takeDraft } from './storage/draft';
import { askToPersist, readSpace } from './storage/space';
import { deleteModel, listStoredModels } from './storage/weights';
import { Arrivals } from './stores/arrivals.svelte';
import { Chat } from './stores/chat.svelte';
import { Models } from './stores/models.svelte';
import { Offline } from './stores/offline.svelte';
import { Privacy } from './stores/privacy.svelte';
import App from './ui/App.svelte';
import './ui/theme.css';

const texts = await loadTexts(navigator.languages);
document.documentElement.lang = texts.language;

/** How long an engine waits for the service worker, which seals it on hosts that do not. */
const sealTimeoutMs = 10_000;

const isTouched = watchForTouch();
const privacy = new Privacy();
privacy.watch();
const serviceWorker = new ServiceWorkerClient(
  // In development there is nothing to keep: every file changes.
  import.meta.env.PROD ? new URL('service-worker.js', document.baseURI).href : null,
  {
    onUpdateReady: () => (offline.updateReady = true),
    onFetched: ({ url, bytes, atMs }) => privacy.fetched(url, bytes, atMs),
  },
);
const engine = new EngineClient({
  // Vite finds workers by this very form, so each is written out.
  spawn: (engine) =>
    engine === 'webllm'
      ? new Worker(new URL('../workers/engine-webllm.worker.ts', import.meta.url), {
          type: 'module',
        })
      : new Worker(new URL('../workers/engine-wllama.worker.ts', import.meta.url), {
          type: 'module',
        }),
  beforeSpawn: () => serviceWorker.isControlled(sealTimeoutMs),
  onLost: () => models.lost(),
  onStarted: ({ sealed }) => (privacy.sealed = sealed),
});
const downloads = new DownloadClient(
  () => new Worker(new URL('../workers/download.worker.ts', import.meta.url), { type: 'module' }),
  ({ url, bytes, atMs }) => privacy.fetched(url, bytes, atMs),
);
const models: Models = new Models({
  engine,
  downloads,
  capabilities: readCapabilities,
  baseUrl: new URL(import.meta.env.BASE_URL, location.href).href,
  modelHosts: import.meta.env['MODEL_HOSTS'] as readonly string[],
  storage: {
    listStored: listStoredModels,
    delete: deleteModel,
    persist: askToPersist,
    readSpace,
    loadChoice: loadModelChoice,
    saveChoice: saveModelChoice,
    loadAcceptances,
    saveAcceptance,
    loadOwnModels,
    saveOwnModels,
  },
});
const chat: Chat = new Chat({ engine, models, storage: { loadCurrent, saveCurrent } });
const arrivals = new Arrivals({
  startNewChat: () => chat.startNew(),
  addModel: (file) => models.addFiles([file]),
  takeShared: () => serviceWorker.takeShared(),
});
const offline: Offline = new Offline({
  models,
  isAnswering: () => chat.busy,
  install: readInstallState(),
  update: () => {
    saveDraft(arrivals.draft);
    serviceWorker.update();
  },
});
offline.watch();
watchInstallOffer((show) => (offline.showInstall = show));

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { chat, models, privacy, offline, arrivals, texts } });
// The page is usable before these answer: a visitor can type while the device is looked at.
const modelsStarted = models.start();
const chatStarted = chat.start();

arrivals.draft = takeDraft();
// A launch for a new chat comes after the stored one; another one may come while the page is open.
watchLaunches({
  onAddress: (url) => {
    const launch = readLaunch(url);
    if (isLaunch(location.href)) clearAddress();
    void chatStarted.then(() => arrivals.launch(launch));
  },
  onFiles: (files) => void arrivals.receiveFiles(files),
});

// This page's files stay until it is closed, whatever version comes after.
void navigator.locks?.request(
  pageLockPrefix + import.meta.url,
  { mode: 'shared' },
  () => new Promise(() => {}),
);
void serviceWorker.controlled.then(
  async () => {
    await modelsStarted;
    if (isPristine()) reloadForIsolation();
    offline.app = 'ready';
    const { capabilities } = models;
    if (capabilities) offline.kept = await serviceWorker.keep(partsFor(capabilities));
  },
  () => (offline.app = 'unavailable'),
);

/** Nothing touched, prefilled, opened or under way: a reload would hardly be noticed. */
function isPristine(): boolean {
  const { phase } = models.state;
  const isIdle = phase === 'absent' || phase === 'stored';
  return isIdle && !isTouched() && !chat.busy && arrivals.draft === '' && !arrivals.modelsOpen;
}
