/** Composition root: the only place that wires the rooms together. */
import { mount } from 'svelte';
import { dateOf } from './core/as-of-date';
import { readPresets } from './core/presets';
import { readCapabilities } from './engine/capabilities';
import { EngineClient } from './engine/client';
import { DownloadClient } from './engine/download-client';
import { loadTexts } from './i18n';
import { loadCurrent, saveCurrent } from './storage/conversations';
import {
  loadAcceptances,
  loadModelChoice,
  loadOwnModels,
  loadPresets,
  saveAcceptance,
  saveModelChoice,
  saveOwnModels,
  savePresets,
} from './storage/settings';
import { askToPersist, readSpace } from './storage/space';
import { deleteModel, listStoredModels } from './storage/weights';
import { Chat } from './stores/chat.svelte';
import { Models } from './stores/models.svelte';
import { Presets } from './stores/presets.svelte';
import { Privacy } from './stores/privacy.svelte';
import App from './ui/App.svelte';
import './ui/theme.css';

const texts = await loadTexts(navigator.languages);
document.documentElement.lang = texts.language;

const privacy = new Privacy();
privacy.watch();
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
const chat = new Chat({
  engine,
  models,
  storage: { loadCurrent, saveCurrent },
  today: () => {
    const now = new Date();
    return dateOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
  },
});
const presets = new Presets(readPresets(texts.t.presets), {
  load: loadPresets,
  save: savePresets,
});

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { chat, models, presets, privacy, texts } });
// The page is usable before these answer: a visitor can type while the device is looked at.
void models.start();
void chat.start();
void presets.start();
