/** Composition root: the only place that wires the rooms together. */
import { mount } from 'svelte';
import { readCapabilities } from './engine/capabilities';
import { EngineClient } from './engine/client';
import { DownloadClient } from './engine/download-client';
import { readChatAddress } from './core/chat-address';
import { loadTexts } from './i18n';
import { heldAnswers, holdAnswer, whenReleased } from './storage/answer-locks';
import {
  loadConversation,
  loadCurrentId,
  onConversationChange,
  removeConversation,
  saveConversation,
  saveCurrentId,
  saveDraft,
  saveLive,
} from './storage/conversations';
import {
  loadAcceptances,
  loadModelChoice,
  loadOwnModels,
  saveAcceptance,
  saveModelChoice,
  saveOwnModels,
} from './storage/settings';
import { askToPersist, readSpace } from './storage/space';
import { deleteModel, listStoredModels } from './storage/weights';
import { Chat } from './stores/chat.svelte';
import { Models } from './stores/models.svelte';
import { Privacy } from './stores/privacy.svelte';
import { Restarts } from './stores/restarts.svelte';
import { Undo } from './stores/undo.svelte';
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
  onLost: (error) => restarts.lost(error),
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
const restarts: Restarts = new Restarts(models);
const undo = new Undo();
const chat = new Chat({
  ...{ engine, models, restarts, undo },
  storage: {
    ...{ loadCurrentId, saveCurrentId },
    load: loadConversation,
    save: saveConversation,
    saveLive,
    saveDraft,
    remove: removeConversation,
    ...{ holdAnswer, heldAnswers, whenReleased },
  },
});
const { open } = chat;
onConversationChange((change) => open.hear(change));
/** Nothing of the list of chats has to be here before somebody can type. */
const history = () =>
  import('./history').then(({ makeHistory }) => makeHistory(chat, models, undo));
// The first comes while there still is time to write; not every browser sends both.
document.addEventListener('visibilitychange', () => open.flush());
addEventListener('pagehide', () => open.flush());

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { chat, models, privacy, history, undo, texts } });
// The page is usable before these answer: a visitor can type while the device is looked at.
void models.start();
void open.start(readChatAddress(location.hash)?.id ?? null);
