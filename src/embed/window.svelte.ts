/** Composition root of the Corral window that a frame on another site opened: it runs the frame's engine. */
import { mount } from 'svelte';
import { catalogue, weightsIdOf } from '../core/models/catalogue';
import { mayDownloadPerSite } from '../core/embed/per-site-download';
import { DownloadClient } from '../bridge/download-client';
import { EngineClient } from '../bridge/engine-client';
import { openBroker } from '../bridge/make-engine';
import { linkTo } from '../bridge/shared-engine';
import { loadTexts } from '../i18n';
import { widgetTexts } from '../i18n/widget';
import { visitor } from '../protocol/engine';
import type {
  WindowFetch,
  WindowFetchEvent,
  WindowHandshake,
  WindowMessage,
  WindowEvent,
} from '../protocol/engine-window';
import { AppError, assertNever } from '../protocol/errors';
import { serveRequests } from '../protocol/serve-requests';
import { listStoredModels } from '../storage/weights';
import { Models } from '../stores/models/models.svelte';
import { Offline } from '../stores/offline/offline.svelte';
import EmbedWindow from '../ui/embed/EmbedWindow.svelte';
import type { ModelQuestion } from '../ui/embed/ModelQuestionCard.svelte';
import { workerOptions } from './frame-engine';
import { makeModels } from './frame-models';

export async function answerForFrame(opener: Window): Promise<void> {
  const broker = openBroker(workerOptions());
  const engine = new EngineClient({
    owner: visitor,
    findLink: async () => linkTo(broker),
    onLost: () => models.lost(),
  });
  const models: Models = makeModels(engine, {
    downloads: new DownloadClient(),
    listStored: listStoredModels,
  });
  const offline = new Offline({
    models,
    isAnswering: () => false,
    install: 'browser',
    isSecure: isSecureContext,
    update: () => {},
  });
  offline.watch();
  const texts = await loadTexts(navigator.languages);
  document.documentElement.lang = texts.language;
  const shown = $state<{ site: string; asking: ModelQuestion | null }>({ site: '', asking: null });
  mount(EmbedWindow, {
    target: document.getElementById('app')!,
    props: { models, offline, texts, widgetTexts: widgetTexts(texts.language), shown },
  });
  await models.start();

  const { port1: port, port2 } = new MessageChannel();
  const post = (event: WindowEvent) => port.postMessage(event);
  const client = broker.serve((message) => post({ type: 'engine', message }));
  const download = serveRequests<WindowFetch, WindowFetchEvent>(
    (message) => post({ type: 'download', message }),
    async ({ modelId }, { signal, post: postEvent }) => {
      signal.addEventListener('abort', () => models.cancel());
      await ask(modelId, signal);
      await fetchModel(models, modelId, (receivedBytes, totalBytes) =>
        postEvent({ type: 'progress', receivedBytes, totalBytes }),
      );
      post({ type: 'stored', weightsIds: storedIds(models) });
      return { type: 'fetched' };
    },
  );
  port.onmessage = ({ data }: MessageEvent<WindowMessage>) => {
    switch (data.type) {
      case 'site':
        shown.site = data.site;
        return;
      case 'engine':
        return client.receive(data.message);
      case 'download':
        return download(data.message);
      default:
        assertNever(data);
    }
  };

  /** A large model is downloaded only if the visitor agrees here. Rejects otherwise. */
  async function ask(modelId: string, signal: AbortSignal): Promise<void> {
    const model = catalogue.find(({ id }) => id === modelId);
    if (!model || mayDownloadPerSite(model) || models.stored.isWhole(model)) return;
    const { name, downloadBytes: sizeBytes } = model;
    try {
      const fetches = await new Promise<boolean>((answer, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('aborted')));
        shown.asking = { name, sizeBytes, answer };
      });
      if (!fetches) throw new AppError('model-not-here', { sizeBytes });
    } finally {
      shown.asking = null;
    }
  }

  $effect.root(() => {
    $effect(() => post({ type: 'stored', weightsIds: storedIds(models) }));
  });
  const handshake: WindowHandshake = { type: 'corral-window' };
  // The opener gets the port only if it is one of Corral's own pages.
  opener.postMessage(handshake, location.origin, [port2]);
}

function storedIds({ stored }: Models): readonly string[] {
  return catalogue.filter((model) => stored.isWhole(model)).map(weightsIdOf);
}

/** Resolves once the model is stored; its licence may have to be accepted first. Rejects with an AppError. */
async function fetchModel(
  models: Models,
  modelId: string,
  onProgress: (receivedBytes: number, totalBytes: number) => void,
): Promise<void> {
  const model = catalogue.find(({ id }) => id === modelId);
  if (!model) throw new AppError('model-missing');
  let stop = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    stop = $effect.root(() => {
      $effect(() => {
        const { state, chosen, licences } = models;
        if (models.stored.isWhole(model)) resolve();
        else if (chosen.id === model.id && state.phase === 'failed') reject(state.error);
        else if (chosen.id !== model.id && !licences.asking) reject(new AppError('aborted'));
        if (state.phase === 'downloading') onProgress(state.receivedBytes, state.totalBytes);
      });
    });
  });
  ended.catch(() => {}); // the callers get the error
  try {
    await models.fetch(model);
    await ended;
  } finally {
    stop();
  }
}
