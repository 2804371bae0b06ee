/** Composition root: the only place that wires the rooms together. */
import { mount, unmount } from 'svelte';
import type { LanguageChoice } from './core/preferences';
import { readCapabilities } from './engine/capabilities';
import { EngineClient } from './engine/client';
import { DownloadClient } from './engine/download-client';
import { matchPattern } from './engine/pattern-matcher';
import { loadTexts } from './i18n';
import { loadCurrent, saveCurrent } from './storage/conversations';
import {
  loadAcceptances,
  loadModelChoice,
  loadOwnModels,
  saveAcceptance,
  saveModelChoice,
  saveOwnModels,
} from './storage/settings';
import { loadPreferences, savePreferences, watchPreferences } from './storage/preferences';
import { askToPersist, readSpace } from './storage/space';
import { deleteModel, listStoredModels } from './storage/weights';
import { Appearance } from './stores/appearance.svelte';
import { Chat } from './stores/chat.svelte';
import { Models } from './stores/models.svelte';
import { Privacy } from './stores/privacy.svelte';
import App from './ui/App.svelte';
import { showTheme } from './ui/theme';
import './ui/theme.css';

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
const spawnMatcher = () =>
  new Worker(new URL('../workers/pattern.worker.ts', import.meta.url), { type: 'module' });
const chat = new Chat({
  engine,
  models,
  storage: { loadCurrent, saveCurrent },
  matchPattern: (request) => matchPattern(spawnMatcher, request),
});

const appearance = new Appearance(
  { loadPreferences, savePreferences, watchPreferences },
  (now, before) => {
    showTheme(now.theme);
    if (now.language !== before?.language) void show(now.language);
  },
);

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
let shown: ReturnType<typeof mount> | null = null;

/** Draws the app in a language; what is under way goes on, since it lives in the stores. */
async function show(choice: LanguageChoice): Promise<void> {
  const texts = await loadTexts(choice === 'auto' ? navigator.languages : [choice]);
  document.documentElement.lang = texts.language;
  if (shown) await unmount(shown);
  shown = mount(App, { target: target!, props: { appearance, chat, models, privacy, texts } });
}

appearance.start();
// The page is usable before these answer: a visitor can type while the device is looked at.
void models.start();
void chat.start();
