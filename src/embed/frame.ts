/** Composition root of the frame inside another site: wires the rooms, and the site's port to them. */
import { mount, unmount } from 'svelte';
import { catalogue } from '../core/models/catalogue';
import { dateOf } from '../core/prompt/as-of-date';
import { SiteError } from '../core/embed/site-error';
import { DownloadClient } from '../bridge/download-client';
import { EngineWindow } from '../bridge/engine-window';
import { matchPattern } from '../bridge/pattern-matcher';
import { type AllTexts, languageOf, loadTexts } from '../i18n';
import { widgetTexts } from '../i18n/widget';
import { visitor } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import type { HostMessage, WidgetOptions } from '../protocol/widget';
import { widgetVersion } from '../protocol/widget';
import { askFirstParty, canAskFirstParty, firstPartyIfAllowed } from '../storage/first-party';
import { loadSpent, saveSpent } from '../storage/site-use';
import { widgetChats } from '../storage/widget-chats';
import { Chat } from '../stores/chat/chat.svelte';
import { ContextWindow } from '../stores/prompt/context-window.svelte';
import type { Models } from '../stores/models/models.svelte';
import { ModelPlace } from '../stores/embed/model-place.svelte';
import { Offline } from '../stores/offline/offline.svelte';
import { Restarts } from '../stores/models/restarts.svelte';
import { SitePermission } from '../stores/embed/site-permission.svelte';
import { SiteUse } from '../stores/embed/site-use.svelte';
import { Undo } from '../stores/chat/undo.svelte';
import { Widget } from '../stores/embed/widget.svelte';
import EmbedApp from '../ui/embed/EmbedApp.svelte';
import { watchInView } from '../ui/embed/watch-in-view';
import { leaveComposedKeys } from '../ui/parts/composed-keys';
import { keepFocus } from '../ui/parts/keep-focus';
import { showAccent, showTheme } from '../ui/theme';
import type { Host } from './await-host';
import { makeFrameEngine } from './engine';
import { makeModels } from './models';
import { watchForHost } from './notices.svelte';
import { askInWindow } from './permission-window';
import { SiteRequests } from './site-requests';
import { sitesOf } from './sites';
import { FrameWeights } from './weights';

export async function openFrame({ origin, options, port }: Host): Promise<void> {
  leaveComposedKeys();
  keepFocus();
  const isApart = origin !== location.origin;
  const weights = new FrameWeights(isApart, new DownloadClient());
  const engine = makeFrameEngine({
    // Chats on two sites do not share a KV cache either: a site has a say in the beginning of its own.
    owner: `${visitor} on ${origin}`,
    withWeights: (model) => weights.withWeights(model),
    onLost: (error) => restarts.lost(error),
    onAvailable: () => void models.lookAgain(),
    onWaiting: (behind) => (chat.answering.waitsBehind = behind),
  });
  const models: Models = makeModels(engine, weights);
  const restarts: Restarts = new Restarts(models);
  const undo = new Undo();
  const today = () => {
    const now = new Date();
    return dateOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
  };
  const chat: Chat = new Chat({
    engine,
    models,
    restarts,
    undo,
    storage: widgetChats(`${origin}|${options.name}`),
    today,
    matchPattern,
  });
  addEventListener('pagehide', () => chat.sessions.flush());

  const pageUrl = new URL('embed.html', document.baseURI).href;
  const permission: SitePermission = new SitePermission(origin, {
    storage: sitesOf(weights, isApart),
    onRevoke: () => completions.revoke(),
    askInWindow: (question) => askInWindow(pageUrl, { ...question, origin }),
  });
  const use = new SiteUse({
    load: () => loadSpent(origin),
    save: (spent) => saveSpent(origin, spent),
    nowMs: Date.now,
    askMore: () => permission.requestMore(),
  });
  watchInView((inView) => use.see(inView));
  const place: ModelPlace = new ModelPlace({
    isApart,
    canAsk: canAskFirstParty,
    ask: async () => (weights.firstParty = await askFirstParty()) !== null,
    openWindow: async () => {
      const opened = await EngineWindow.open(pageUrl, widget.site, {
        onStored: (weightsIds) => {
          weights.windowIds = weightsIds;
          void models.lookAgain();
        },
        onClosed: () => {
          weights.window = null;
          weights.windowIds = [];
          engine.detach(opened.link, new AppError('engine-died'));
          void place.windowClosed();
        },
      });
      weights.window = opened;
      engine.attach(opened.link);
    },
    onChange: async () => {
      // What is loaded came from somewhere else.
      await models.lookAgain();
      await permission.look();
    },
  });

  let texts: AllTexts;
  const describe = (error: Pick<AppError, 'code' | 'data'> | SiteError) => {
    if (error instanceof SiteError) {
      const message = widgetTexts(texts.language).errors[error.code](error.data);
      return { code: error.code, message };
    }
    const { title, next } = texts.t.errors[error.code](error.data);
    return { code: error.code, message: `${title} ${next}` };
  };
  const completions: SiteRequests = new SiteRequests({
    engine,
    models,
    permission,
    use,
    describe,
    window: new ContextWindow(engine, models, today),
    choose: (modelId) => widget.chooseModel(modelId),
    post: (message) => port.post(message),
  });
  const widget: Widget = new Widget({ origin, options, chat, models });
  const offline = new Offline({
    models,
    isAnswering: () => chat.busy,
    install: 'browser',
    isSecure: isSecureContext,
    update: () => {},
  });
  offline.watch();

  const target = document.getElementById('app')!;
  let shown: ReturnType<typeof mount> | null = null;
  const ownWords = widgetTexts(languageOf(navigator.languages));
  const close = () => port.post({ type: 'close' });
  async function show({ lang }: WidgetOptions): Promise<void> {
    const loaded = await loadTexts(lang === undefined ? navigator.languages : [lang]);
    // The site is told of errors in words too.
    texts = await loaded.loadAll();
    document.documentElement.lang = texts.language;
    if (shown) await unmount(shown);
    const props = { chat, models, permission, use, place, widget, offline, undo, close };
    shown = mount(EmbedApp, {
      target,
      props: { ...props, texts: loaded, w: widgetTexts(texts.language), ownWords },
    });
  }

  /** Until the visitor allows it, a site hears nothing that has to do with the device or what is on it. */
  const complain = (cause: unknown) => {
    const isOfCatalogue = cause instanceof SiteError && cause.code === 'no-such-model';
    if (!permission.allowed && !isOfCatalogue) return;
    const error = cause instanceof SiteError ? cause : AppError.from(cause);
    port.post({ type: 'error', error: describe(error) });
  };
  const apply = (next: WidgetOptions, before: WidgetOptions | null) => {
    showTheme(next.theme ?? 'system');
    showAccent(next.accent ?? null);
    void widget.apply(next, before).catch(complain);
  };

  function act(message: HostMessage): void {
    switch (message.type) {
      case 'configure': {
        const before = widget.options;
        apply(message.options, before);
        if (message.options.lang !== before.lang) void show(message.options);
        return;
      }
      case 'focus': {
        const find = (selector: string) => document.querySelector<HTMLElement>(selector);
        return void (find('#message') ?? find('main button'))?.focus();
      }
      case 'stop':
        return chat.stop();
      case 'new-chat':
        chat.stop();
        return chat.sessions.startNew();
      case 'prefill':
        if (chat.draft === '') chat.draft = message.text;
        return;
      case 'complete':
        return completions.complete(message.id, message.order);
      case 'models': {
        // Never the visitor's own, and nothing about which of them are here.
        const list = catalogue.map(({ id, name, contextTokens, downloadBytes }) => ({
          id,
          name,
          contextTokens,
          downloadBytes,
        }));
        return port.post({ type: 'model-list', id: message.id, models: list });
      }
      case 'abort':
        return completions.abort(message.id);
      default: {
        const never: never = message;
        return never;
      }
    }
  }

  await Promise.all([
    firstPartyOf(isApart).then((firstParty) => (weights.firstParty = firstParty)),
    chat.sessions.start(null),
    show(options),
  ]);
  if (weights.firstParty) place.current = 'app';
  await models.start();
  await permission.look();
  apply(options, null);
  port.start(act, () => void (shown && unmount(shown)));
  port.post({ type: 'connected', version: widgetVersion, model: widget.wantedModel });
  watchForHost({
    chat,
    models,
    describe,
    mayTell: () => permission.allowed,
    wantsAttention: () => {
      if (permission.asking) return 'question';
      // What this device has or lacks is a site's business only once it may use the model.
      const lacks = models.licences.asking !== null || widget.needsPlace(place);
      if (permission.allowed && lacks) return 'question';
      return use.isActive ? 'mark' : null;
    },
    post: (message) => port.post(message),
  });
}

const firstPartyOf = (isApart: boolean) =>
  isApart && canAskFirstParty ? firstPartyIfAllowed() : Promise.resolve(null);
