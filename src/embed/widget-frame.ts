/** Composition root of the frame on another site: connects the rooms and the site's port. */
import { mount, unmount } from 'svelte';
import { catalogue } from '../core/models/catalogue';
import { type ChatParts, makeChat, today, ignoreComposingKeys } from '../composition';
import { SiteError } from '../protocol/site-error';
import { DownloadClient } from '../bridge/download-client';
import type { EngineClient } from '../bridge/engine-client';
import { matchPattern } from '../bridge/pattern-matcher';
import { type AllTexts, loadTexts } from '../i18n';
import { languageOf } from '../protocol/languages';
import { widgetTexts } from '../i18n/widget';
import { visitor } from '../protocol/engine';
import { AppError, assertNever } from '../protocol/errors';
import type { HostMessage, WidgetError, WidgetOptions } from '../protocol/widget';
import { widgetVersion } from '../protocol/widget';
import { canAskFirstParty, firstPartyIfAllowed } from '../storage/first-party';
import { loadSpent, saveSpent } from '../storage/site-usage';
import { widgetChats } from '../storage/widget-chats';
import { ContextWindow } from '../stores/prompt/context-window.svelte';
import type { ModelAccess } from '../stores/embed/model-access.svelte';
import { Offline } from '../stores/offline/offline.svelte';
import { SitePermission } from '../stores/embed/site-permission.svelte';
import { SiteUsage } from '../stores/embed/site-usage.svelte';
import { Widget } from '../stores/embed/widget.svelte';
import EmbedApp from '../ui/embed/EmbedApp.svelte';
import { watchInView } from '../ui/embed/watch-visible';
import { keepFocus } from '../ui/parts/keep-focus';
import { showAccent, showTheme } from '../ui/theme';
import type { Host } from './await-host';
import { makeFrameEngine } from './frame-engine';
import { makeModels } from './frame-models';
import { watchForHost } from './notices.svelte';
import { askInWindow } from './permission-window';
import { makeModelAccess, pageUrl } from './frame-model-access';
import { SiteRequests } from './site-requests';
import { sitesOf } from './frame-sites';
import { FrameWeights } from './frame-weights';

export class WidgetFrame {
  readonly #host: Host;
  /** The site has its own storage, separate from that of the app. */
  readonly #isApart: boolean;
  readonly #weights: FrameWeights;
  readonly #engine: EngineClient;
  readonly #parts: ChatParts;
  readonly #permission: SitePermission;
  readonly #use: SiteUsage;
  readonly #modelAccess: ModelAccess;
  readonly #widget: Widget;
  readonly #requests: SiteRequests;
  readonly #offline: Offline;
  /** In the site's language: errors for the site have texts too. */
  #texts!: AllTexts;
  #shown: ReturnType<typeof mount> | null = null;

  constructor(host: Host) {
    this.#host = host;
    const { origin, options, port } = host;
    this.#isApart = origin !== location.origin;
    this.#weights = new FrameWeights(this.#isApart, new DownloadClient());
    this.#engine = makeFrameEngine({
      // Chats on two sites do not share a KV cache, since each site chooses the beginning of its prompts.
      owner: `${visitor} on ${origin}`,
      withWeights: (model) => this.#weights.withWeights(model),
      onLost: (error) => this.#parts.restarts.lost(error),
      onAvailable: () => void this.#parts.models.refresh(),
      onWaiting: (waitsFor) => (this.#parts.chat.answering.waitsFor = waitsFor),
    });
    const engine = this.#engine;
    const models = makeModels(engine, this.#weights);
    const storage = widgetChats(`${origin}|${options.name}`);
    this.#parts = makeChat(engine, models, { storage, matchPattern });
    const { chat } = this.#parts;

    this.#permission = new SitePermission(origin, {
      storage: sitesOf(this.#weights, this.#isApart),
      onRevoke: () => this.#requests.revoke(),
      askInWindow: (question) => askInWindow(pageUrl, { ...question, origin }),
    });
    this.#use = new SiteUsage({
      load: () => loadSpent(origin),
      save: (spent) => saveSpent(origin, spent),
      nowMs: Date.now,
      requestMoreTime: () => this.#permission.requestMore(),
    });
    watchInView((inView) => this.#use.setVisible(inView));
    this.#widget = new Widget({ origin, options, chatSettings: chat.settings, models });
    this.#modelAccess = makeModelAccess({
      engine,
      models,
      weights: this.#weights,
      isApart: this.#isApart,
      site: this.#widget.site,
      onChange: () => this.#permission.check(),
    });
    this.#requests = new SiteRequests({
      engine,
      models,
      permission: this.#permission,
      use: this.#use,
      describe: this.#describe,
      window: new ContextWindow(engine, models, today),
      choose: (modelId) => this.#widget.chooseModel(modelId),
      post: (message) => port.post(message),
    });
    this.#offline = new Offline({
      models,
      isAnswering: () => chat.busy,
      install: 'browser',
      isSecure: isSecureContext,
      update: () => {},
    });
  }

  /** Shows the chat, and starts to receive the site's messages. */
  async open(): Promise<void> {
    ignoreComposingKeys();
    keepFocus();
    this.#offline.watch();
    const { options, port } = this.#host;
    const { chat, models } = this.#parts;
    await Promise.all([this.#findFirstParty(), chat.sessions.start(null), this.#show(options)]);
    if (this.#weights.firstParty) this.#modelAccess.current = 'app';
    await models.start();
    await this.#permission.check();
    this.#apply(options, null);
    port.start(
      (message) => this.#onMessage(message),
      () => void (this.#shown && unmount(this.#shown)),
    );
    const model = this.#widget.wantedModel;
    port.post({ type: 'connected', version: widgetVersion, model });
    watchForHost({
      chat,
      models,
      describe: this.#describe,
      mayNotify: () => this.#permission.allowed,
      attentionNeeded: () => this.#attentionNeeded(),
      post: (message) => port.post(message),
    });
  }

  async #findFirstParty(): Promise<void> {
    if (this.#isApart && canAskFirstParty) this.#weights.firstParty = await firstPartyIfAllowed();
  }

  async #show({ lang }: WidgetOptions): Promise<void> {
    const texts = await loadTexts(lang === undefined ? navigator.languages : [lang]);
    this.#texts = await texts.loadAll();
    const { language } = texts;
    document.documentElement.lang = language;
    if (this.#shown) await unmount(this.#shown);
    const { chat, models, undo } = this.#parts;
    this.#shown = mount(EmbedApp, {
      target: document.getElementById('app')!,
      props: {
        chat,
        models,
        undo,
        permission: this.#permission,
        use: this.#use,
        modelAccess: this.#modelAccess,
        widget: this.#widget,
        offline: this.#offline,
        texts,
        widgetTexts: widgetTexts(language),
        browserTexts: widgetTexts(languageOf(navigator.languages)),
        close: () => this.#host.port.post({ type: 'close' }),
      },
    });
  }

  #apply(next: WidgetOptions, before: WidgetOptions | null): void {
    showTheme(next.theme ?? 'system');
    showAccent(next.accent ?? null);
    void this.#widget.apply(next, before).catch((cause: unknown) => this.#reportError(cause));
  }

  /** A checked message of the site. */
  #onMessage(message: HostMessage): void {
    const { chat } = this.#parts;
    switch (message.type) {
      case 'configure': {
        const before = this.#widget.options;
        this.#apply(message.options, before);
        if (message.options.lang !== before.lang) void this.#show(message.options);
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
        return this.#requests.complete(message.id, message.order);
      case 'models':
        return this.#host.port.post({ type: 'model-list', id: message.id, models: modelList });
      case 'abort':
        return this.#requests.abort(message.id);
      default:
        return assertNever(message);
    }
  }

  readonly #describe = (error: Pick<AppError, 'code' | 'data'> | SiteError): WidgetError => {
    const { language, t } = this.#texts;
    if (error instanceof SiteError) {
      return { code: error.code, message: widgetTexts(language).errors[error.code](error.data) };
    }
    const { title, next } = t.errors[error.code](error.data);
    return { code: error.code, message: `${title} ${next}` };
  };

  /** Until the visitor gives permission, a site learns nothing about the device or its content. */
  #reportError(cause: unknown): void {
    const isOfCatalogue = cause instanceof SiteError && cause.code === 'no-such-model';
    if (!this.#permission.allowed && !isOfCatalogue) return;
    const error = cause instanceof SiteError ? cause : AppError.from(cause);
    this.#host.port.post({ type: 'error', error: this.#describe(error) });
  }

  #attentionNeeded(): 'question' | 'mark' | null {
    const { allowed, asking } = this.#permission;
    if (asking) return 'question';
    // A site learns what this device has or lacks only after it may use the model.
    const isLacking =
      this.#parts.models.licences.asking !== null ||
      this.#widget.needsModelAccess(this.#modelAccess);
    if (allowed && isLacking) return 'question';
    return this.#use.isActive ? 'mark' : null;
  }
}

/** Leaves out the models that the visitor added, and does not show which models are stored. */
const modelList = catalogue.map(({ id, name, contextTokens, downloadBytes }) => ({
  id,
  name,
  contextTokens,
  downloadBytes,
}));
