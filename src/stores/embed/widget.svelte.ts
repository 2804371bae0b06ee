/** What the site around a frame wants of the chat, as far as the visitor's device goes along. */
import { siteName } from '../../core/embed/embedders';
import { catalogue } from '../../core/models/catalogue';
import { mayFetchPerSite } from '../../core/embed/model-place';
import { builtInModel } from '../../core/models/built-in';
import type { CatalogueModel } from '../../core/models/model';
import { SiteError } from '../../core/embed/site-error';
import type { WidgetOptions } from '../../protocol/widget';
import type { Chat } from '../chat/chat.svelte';
import type { ModelPlace } from './model-place.svelte';
import type { Models } from '../models/models.svelte';

export class Widget {
  /** The site, as a person reads it. */
  readonly site: string;
  options = $state.raw<WidgetOptions>() as WidgetOptions;

  readonly #chat: Chat;
  readonly #models: Models;

  constructor({
    origin,
    options,
    chat,
    models,
  }: {
    origin: string;
    options: WidgetOptions;
    chat: Chat;
    models: Models;
  }) {
    this.site = siteName(origin);
    this.options = options;
    this.#chat = chat;
    this.#models = models;
  }

  /** Takes what has changed. Rejects with what of it cannot be. */
  async apply(next: WidgetOptions, before: WidgetOptions | null): Promise<void> {
    this.options = next;
    const { systemPrompt = '', pinned = '' } = next;
    if (pinned !== (before?.pinned ?? '')) this.#chat.pin({ pinned });
    if (systemPrompt !== (before?.systemPrompt ?? '')) {
      const error = await this.#chat.change({ systemPrompt });
      if (error) throw error;
    }
    if (next.model !== undefined && next.model !== before?.model) {
      await this.chooseModel(next.model);
    }
  }

  /** As the site has said it, whatever the device makes of it. */
  get wantedModel(): string {
    const { model } = this.options;
    const isKnown = model === 'auto' || catalogue.some(({ id }) => id === model);
    return model !== undefined && isKnown ? model : builtInModel.id;
  }

  /** Throws a SiteError. */
  async chooseModel(id: string): Promise<void> {
    const models = this.#models;
    const model = this.#find(id);
    if (!model) throw new SiteError('no-such-model', { model: id });
    if (models.incompatibilityOf(model)) throw new SiteError('model-unfit', { model: model.name });
    await models.choose(model);
    if (models.licences.asking) throw new SiteError('licence-needed', { model: model.name });
  }

  /** The chosen model is too large to be fetched for this site, and not within reach. */
  needsPlace({ isApart }: ModelPlace): boolean {
    const { chosen, state } = this.#models;
    const isHere = state.phase === 'ready' || this.#models.stored.isWhole(chosen);
    return isApart && !isHere && !mayFetchPerSite(chosen);
  }

  #find(id: string): CatalogueModel | undefined {
    if (id === 'auto') return this.#models.choice?.recommended?.model ?? builtInModel;
    // The visitor's own are nothing that a site could name.
    return catalogue.find((model) => model.id === id);
  }
}
