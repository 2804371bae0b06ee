/** Composition root: the only place that wires the rooms together. */
import { mount } from 'svelte';
import { readCapabilities } from './engine/capabilities';
import { EngineClient } from './engine/client';
import { DownloadClient } from './engine/download-client';
import { loadTexts } from './i18n';
import { loadCurrent, saveCurrent } from './storage/conversations';
import { deleteModel, isModelStored } from './storage/models';
import { loadModelChoice, saveModelChoice } from './storage/settings';
import { Chat } from './stores/chat.svelte';
import { Models } from './stores/models.svelte';
import App from './ui/App.svelte';
import './ui/theme.css';

const texts = await loadTexts(navigator.languages);
document.documentElement.lang = texts.language;

const engine = new EngineClient({
  spawn: () =>
    new Worker(new URL('../workers/engine.worker.ts', import.meta.url), { type: 'module' }),
  onLost: () => models.lost(),
});
const downloads = new DownloadClient(
  () => new Worker(new URL('../workers/download.worker.ts', import.meta.url), { type: 'module' }),
);
const models: Models = new Models({
  engine,
  downloads,
  capabilities: readCapabilities,
  baseUrl: new URL(import.meta.env.BASE_URL, location.href).href,
  storage: {
    isStored: isModelStored,
    remove: deleteModel,
    loadChoice: loadModelChoice,
    saveChoice: saveModelChoice,
  },
});
const chat = new Chat({ engine, models, storage: { loadCurrent, saveCurrent } });

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { chat, models, texts } });
// The page is usable before these answer: a visitor can type while the device is looked at.
void models.start();
void chat.start();
