/** Composition root: the only place that connects the rooms. */
import { mount, unmount } from 'svelte';
import { type ChatParts, makeChat, ignoreComposingKeys } from './composition';
import type { LanguageChoice } from './core/settings/preferences';
import { deviceSigns } from './core/device';
import { installMethod } from './core/offline/install-method';
import { isLaunch } from './core/offline/launch-params';
import { partsFor } from './core/offline/offline';
import { readCapabilities } from './bridge/capabilities';
import { lazyDownloads, lazyEngine } from './bridge/lazy';
import { readChatAddress } from './core/chat/chat-address';
import { hosting } from './build-hosting';
import { loadTexts, type Texts } from './i18n';
import { visitor } from './protocol/engine';
import { smallLazyParts } from './protocol/offline';
import { isInstalled, watchInstallOffer } from './pwa/install';
import { keepPageFiles } from './pwa/page-files';
import { reloadForIsolation, watchForInteraction } from './pwa/isolation';
import { clearAddress, watchLaunches } from './pwa/launches';
import { ownServiceWorker } from './bridge/service-worker-client';
import { lockedAnswers, lockAnswer, whenReleased } from './storage/answer-locks';
import {
  loadConversation,
  loadCurrentId,
  loadDocument,
  onConversationChange,
  saveConversation,
  saveCurrentId,
  saveDraft,
  saveLive,
} from './storage/conversations';
import {
  loadAcceptances,
  loadModelChoice,
  loadCustomModels,
  loadPresets,
  saveAcceptance,
  saveModelChoice,
  saveCustomModels,
  savePresets,
  watchCustomModels,
} from './storage/settings';
import { beginOpening, endOpening, hungWhileOpening, watchLeaving } from './storage/opening-marks';
import { markedLock, watchLocked } from './storage/lock-mark';
import { loadPreferences, savePreferences, watchPreferences } from './storage/preferences';
import { askToPersist, readSpace } from './storage/space';
import { deleteModel, listStoredModels } from './storage/weights';
import { Appearance } from './stores/settings/appearance.svelte';
import { IncomingContent } from './stores/offline/incoming-content.svelte';
import { Models } from './stores/models/models.svelte';
import { Offline } from './stores/offline/offline.svelte';
import { Presets } from './stores/settings/presets.svelte';
import { Privacy } from './stores/settings/privacy.svelte';
import App from './ui/App.svelte';
import { whenIdle } from './ui/parts/when-idle';
import { showTheme } from './ui/theme';
import './ui/theme.css';

const hasInteracted = watchForInteraction();
ignoreComposingKeys();
const privacy = new Privacy(hosting.modelHosts);
privacy.watch();
const page = whenIdle
  .then(() => import('./watch-page'))
  .then(({ watchPage }) => watchPage(() => (offline.wasEnded = true)))
  .catch(() => null); // the app works without
const serviceWorker = ownServiceWorker({
  onUpdateReady: () => (offline.updateReady = true),
  onFetched: ({ url, bytes, atMs }) => privacy.fetched(url, bytes, atMs),
});
const engine = lazyEngine({
  beforeSpawn: () => serviceWorker.isControlled(),
  allowsUnsealed: import.meta.env.DEV,
  owner: visitor,
  onLost: (error) => parts.restarts.lost(error),
  onAvailable: ({ sealed }) => {
    privacy.sealed = sealed;
    void models.refresh();
  },
  onWaiting: (waitsFor) => (parts.chat.answering.waitsFor = waitsFor),
  onStarted: ({ sealed }) => {
    privacy.sealed = sealed;
    void page.then((watched) => watched?.engineStarted());
  },
});
const downloads = lazyDownloads(({ url, bytes, atMs }) => privacy.fetched(url, bytes, atMs));
const models: Models = new Models({
  engine,
  downloads,
  capabilities: readCapabilities,
  ...hosting,
  storage: {
    listStored: listStoredModels,
    delete: deleteModel,
    forgetHashes: async (id) => (await import('./storage/weights-hashes')).forgetHashes(id),
    persist: askToPersist,
    readSpace,
    loadChoice: loadModelChoice,
    saveChoice: saveModelChoice,
    loadAcceptances,
    saveAcceptance,
    loadCustomModels,
    saveCustomModels,
  },
});
const parts: ChatParts = makeChat(engine, models, {
  storage: {
    loadCurrentId,
    saveCurrentId,
    load: loadConversation,
    save: saveConversation,
    saveLive,
    saveDraft,
    remove: async (id) => (await import('./storage/all-conversations')).removeConversation(id),
    loadDocument,
    lockAnswer,
    lockedAnswers,
    whenReleased,
  },
  openingMarks: { beginOpening, endOpening, hungWhileOpening },
  matchPattern: (request) =>
    import('./bridge/pattern-matcher').then(
      (matcher) => matcher.matchPattern(request),
      () => null,
    ),
});
const { chat, undo } = parts;
const { sessions } = chat;
onConversationChange((change) => sessions.onStorageChange(change));
watchCustomModels(() => void models.reloadCustomModels());
/** The list of chats loads after the message field is ready. */
const history = () =>
  import('./make-history').then(({ makeHistory }) => makeHistory(chat, models, undo));
const evaluate = (language: Texts['language']) =>
  import('./load-evaluate').then((all) =>
    all.loadEvaluate({ answering: chat.answering, engine, models }, language),
  );
// The first event leaves more time to save; some browsers send only one of them.
document.addEventListener('visibilitychange', () => sessions.flush());
watchLeaving();

const presets = new Presets({ load: loadPresets, save: savePresets }, () =>
  import('./make-snippets').then(({ makeSnippets }) => makeSnippets()),
);
const incoming = new IncomingContent({
  composer: chat,
  startNewChat: () => sessions.startNew(),
  addModel: (file) => models.add((adding) => adding.files([file])),
  attach: (files) => chat.attachments.add(files),
  importChats: async (file) => (await history()).transfer.import(file),
  takeShared: () => serviceWorker.takeShared(),
});
const offline: Offline = new Offline({
  models,
  isAnswering: () => chat.busy,
  install: installMethod(deviceSigns(navigator), { isInstalled: isInstalled() }),
  isSecure: isSecureContext,
  update: () => {
    sessions.flush();
    serviceWorker.update();
  },
});
offline.watch();
watchInstallOffer((show) => (offline.showInstall = show));

const appearance = new Appearance(
  { loadPreferences, savePreferences, watchPreferences },
  (now, before) => {
    showTheme(now.theme);
    if (now.language !== before?.language) void show(now.language);
  },
);

void whenIdle
  .then(() => import('./make-titles'))
  .then(({ makeTitles }) =>
    makeTitles(chat, { engine, models, choice: () => appearance.current.titles }),
  )
  .catch(() => {}); // chats are then called by their first words

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const languagesOf = (choice: LanguageChoice) =>
  choice === 'auto' ? navigator.languages : [choice];
/** Null if the chats are not locked. */
const unlocked =
  markedLock() === null
    ? null
    : import('./make-lock').then((lock) =>
        lock.passLock(target, languagesOf(loadPreferences().language)),
      );
watchLocked(() => location.reload());
let shown: ReturnType<typeof mount> | null = null;

/** Draws the app in a language; running work continues, since it lives in the stores. */
async function show(choice: LanguageChoice): Promise<void> {
  const texts = await loadTexts(languagesOf(choice));
  await unlocked;
  document.documentElement.lang = texts.language;
  void whenIdle
    .then(() => Promise.all([texts.loadAll(), import('./core/settings/preset-file')]))
    .then(([{ t }, { readPresets }]) => (presets.builtIn = readPresets(t.presets)))
    .catch(() => {}); // the app works without
  if (shown) await unmount(shown);
  shown = mount(App, {
    target: target!,
    props: {
      appearance,
      incoming,
      chat,
      evaluate,
      history,
      models,
      offline,
      presets,
      privacy,
      texts,
      undo,
      answerTools: () => import('./answer-tools'),
      loadLock: () => import('./make-lock').then(({ makeLock }) => makeLock(sessions)),
      loadLibrary: () => import('./make-library').then(({ makeLibrary }) => makeLibrary(chat)),
      loadSites: () => import('./make-sites').then(({ makeSites }) => makeSites()),
    },
  });
}

appearance.start();
// The visitor can already type meanwhile.
const modelsStarted = models.start();
// Another tab may have the model ready; if this fails, the first question finds out.
Promise.all([modelsStarted, whenIdle])
  .then(() => engine.discover())
  .catch(() => {});
const startChat = () => sessions.start(readChatAddress(location.hash)?.id ?? null);
const chatStarted = unlocked ? unlocked.then(startChat) : startChat();
void presets.start();

// A launch into a new chat waits for the stored chat; more launches may come while the page is open.
watchLaunches({
  onAddress: (url) => {
    if (!isLaunch(url)) return;
    if (isLaunch(location.href)) clearAddress();
    void Promise.all([import('./core/offline/launch'), chatStarted]).then(([{ readLaunch }]) =>
      incoming.launch(readLaunch(url)),
    );
  },
  onFiles: (files) => void incoming.receiveFiles(files),
});

keepPageFiles(import.meta.url);
void serviceWorker.controlled.then(
  async () => {
    await modelsStarted;
    if (isPristine()) reloadForIsolation();
    offline.app = 'ready';
    const { capabilities } = models;
    if (capabilities) offline.storedParts = await serviceWorker.storeParts(partsFor(capabilities));
    await serviceWorker.storeParts(smallLazyParts);
  },
  () => (offline.app = isSecureContext ? 'unavailable' : 'insecure'),
);

/** True if the page is untouched and nothing runs, so a reload disturbs nobody. */
function isPristine(): boolean {
  const { phase } = models.state;
  const isIdle = phase === 'absent' || phase === 'stored';
  const isReading = document.querySelector('dialog[open]') !== null;
  return isIdle && !hasInteracted() && !chat.busy && chat.draft === '' && !isReading;
}
