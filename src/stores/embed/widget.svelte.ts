/** Applies a site's widget options to the chat, as far as the visitor's device allows. */
import { siteName } from '../../core/embed/embedders';
import { catalogue } from '../../core/models/catalogue';
import { mayDownloadPerSite } from '../../core/embed/per-site-download';
import { builtInModel } from '../../core/models/built-in';
import type { CatalogueModel } from '../../core/models/model';
import { SiteError } from '../../protocol/site-error';
import type { WidgetOptions } from '../../protocol/widget';
import type { CurrentSettings } from '../chat/current-settings.svelte';
import type { ModelAccess } from './model-access.svelte';
import type { Models } from '../models/models.svelte';

export class Widget {
  /** The site's readable name. */
  readonly site: string;
  options = $state.raw<WidgetOptions>() as WidgetOptions;

  readonly #chatSettings: CurrentSettings;
  readonly #models: Models;

  constructor({
    origin,
    options,
    chatSettings,
    models,
  }: {
    origin: string;
    options: WidgetOptions;
    chatSettings: CurrentSettings;
    models: Models;
  }) {
    this.site = siteName(origin);
    this.options = options;
    this.#chatSettings = chatSettings;
    this.#models = models;
  }

  /** Applies changed options. Rejects if one cannot be applied. */
  async apply(next: WidgetOptions, before: WidgetOptions | null): Promise<void> {
    this.options = next;
    const { systemPrompt = '', pinned = '' } = next;
    if (pinned !== (before?.pinned ?? '')) this.#chatSettings.pin({ pinned });
    if (systemPrompt !== (before?.systemPrompt ?? '')) {
      const error = await this.#chatSettings.change({ systemPrompt });
      if (error) throw error;
    }
    if (next.model !== undefined && next.model !== before?.model) {
      await this.chooseModel(next.model);
    }
  }

  /** The model that the site asked for, whether or not the device can run it. */
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

  /** True if the chosen model is too large to download for this site alone and is not accessible otherwise. */
  needsModelAccess({ isApart }: ModelAccess): boolean {
    const { chosen, state } = this.#models;
    const isHere = state.phase === 'ready' || this.#models.stored.isWhole(chosen);
    return isApart && !isHere && !mayDownloadPerSite(chosen);
  }

  #find(id: string): CatalogueModel | undefined {
    if (id === 'auto') return this.#models.choice?.recommended?.model ?? builtInModel;
    // A site cannot name models that the visitor added.
    return catalogue.find((model) => model.id === id);
  }
}
