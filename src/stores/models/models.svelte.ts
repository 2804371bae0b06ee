/** The chosen model and its state: absent, downloading, stored, loading, ready. */
import {
  catalogue,
  hostOf,
  hostToConfirm,
  modelSource,
  weightsIdOf,
} from '../../core/models/catalogue';
import {
  type Capabilities,
  type Choice,
  chooseModel,
  incompatibility,
  type Reason,
} from '../../core/models/choose-engine';
import { engineModel } from '../../core/models/engine-model';
import { builtInModel } from '../../core/models/built-in';
import { mayFetch } from '../../core/models/model-hosts';
import type { CatalogueModel } from '../../core/models/model';
import type { ChosenFormat } from '../../core/models/custom-model';
import { loaded } from '../../bridge/lazy';
import { AppError } from '../../protocol/errors';
import { type Licensed, Licences } from './licences.svelte';
import { modelDownload, type Pausable } from './model-download';
import type { ModelsOptions, ModelState } from './models-options';
import type { ModelMaintenance } from './model-maintenance';
import type { AddingModels } from './adding-models.svelte';
import { CustomModels } from './custom-models.svelte';
import { SingleTask } from '../single-task';
import { StoredModels } from './stored-models.svelte';

export class Models {
  readonly licences: Licences;
  readonly own: CustomModels;
  readonly stored: StoredModels;
  chosen = $state.raw<CatalogueModel>(builtInModel);
  state = $state.raw<ModelState>({ phase: 'unknown' });
  capabilities = $state.raw<Capabilities | null>(null);
  choice = $derived<Choice | null>(this.capabilities && chooseModel(this.capabilities));

  readonly #options: ModelsOptions;
  #adding: AddingModels | null = null;
  readonly #fetching = new SingleTask();
  readonly #preparing = new SingleTask();
  #download: Pausable | null = null;
  /** Settles when the work that needs the chosen model ends. */
  #runningWork: Promise<void> | null = null;
  /** Ids of models whose hosts the visitor has agreed to, since the page was opened. */
  readonly #confirmed: string[] = [];
  /** The action to run after a licence is accepted. */
  #onAccept: (() => Promise<unknown>) | null = null;
  /** To be fetched once its licence is accepted. */
  #awaited: Licensed | null = null;

  constructor(options: ModelsOptions) {
    this.#options = options;
    this.licences = new Licences(options.storage);
    const { site, modelHosts } = options;
    this.own = new CustomModels(options.downloads, options.storage, (address) =>
      mayFetch(address, site.baseUrl, modelHosts),
    );
    this.stored = new StoredModels(options.storage);
  }

  /** Loaded at its first use. */
  async adding(): Promise<AddingModels> {
    const { AddingModels } = await loaded(import('./adding-models.svelte'));
    return (this.#adding ??= new AddingModels(this, this.#options));
  }

  /** True if a model was added. An error is in `own.error`. */
  async add(how: (adding: AddingModels) => Promise<boolean>): Promise<boolean> {
    try {
      return await how(await this.adding());
    } catch (cause) {
      this.own.error = AppError.from(cause);
      return false;
    }
  }

  /** Loaded at its first use. */
  async maintenance(): Promise<ModelMaintenance> {
    const { ModelMaintenance } = await loaded(import('./model-maintenance'));
    return new ModelMaintenance(this, this.#options);
  }

  /** Corral's models and those that the visitor added. */
  get list(): readonly CatalogueModel[] {
    return [...catalogue, ...this.own.list];
  }

  /** Reads the device's capabilities and the visitor's earlier choice; fetches nothing. */
  async start(): Promise<void> {
    const { storage, capabilities } = this.#options;
    const device = capabilities();
    const [found, choice] = await Promise.all([
      device,
      // Without storage, as in a private window, the app works but stores nothing.
      storage.loadChoice().catch(() => undefined),
      this.licences.start(),
      device.then((known) => this.own.start(known)),
    ]);
    this.capabilities = found;
    const model = this.list.find(({ id }) => id === choice);
    if (model && !incompatibility(model, found) && !this.licences.needsAcceptance(model)) {
      this.chosen = model;
    }
    await this.readState();
  }

  /** Why this device cannot run the model; null if it can, or if that is not known yet. */
  incompatibilityOf(model: CatalogueModel): Reason | null {
    return this.capabilities && incompatibility(model, this.capabilities);
  }

  /** The host of a catalogue model; empty for a model that the visitor added. */
  hostOf(model: CatalogueModel): string {
    const { site } = this.#options;
    return catalogue.includes(model) ? hostOf(model, site) : '';
  }

  /** Runs work that needs the chosen model: a change of the model waits for its end. */
  async keepLoadedDuring(work: () => Promise<void>): Promise<void> {
    const running = work();
    this.#runningWork = running.catch(() => {});
    try {
      await running;
    } finally {
      this.#runningWork = null;
    }
  }

  /**
   * Chooses the model; if its licence has terms that are not accepted yet, asks first. Waits for running work,
   * unless that work itself changes the model: `withinRun`.
   */
  async choose(model: CatalogueModel, { withinRun = false } = {}): Promise<void> {
    if (model.id !== this.chosen.id && !withinRun) await this.whenFree();
    if (model.id === this.chosen.id || this.incompatibilityOf(model)) return;
    if (this.licences.needsAcceptance(model)) {
      this.askLicence(model, () => this.choose(model));
      return;
    }
    // The interface names the host of a catalogue model at the choice, and the host never changes.
    if (catalogue.includes(model)) this.#confirmed.push(model.id);
    this.#fetching.abandon();
    this.#preparing.abandon();
    this.chosen = model;
    this.state = { phase: 'unknown' };
    await this.#options.storage.saveChoice(model.id).catch(() => {});
    await this.readState();
  }

  /** Asks the visitor to accept a licence, and then runs the action. */
  askLicence(licensed: Licensed, onAccept: () => Promise<unknown>): void {
    this.#onAccept = onAccept;
    this.licences.asking = licensed;
  }

  /** Takes the visitor's answer about a licence. */
  async answerLicence(accepts: boolean): Promise<void> {
    const onAccept = this.#onAccept;
    const isAwaited = this.#awaited !== null && this.#awaited === this.licences.asking;
    this.#onAccept = this.#awaited = null;
    if (!(await this.licences.answer(accepts))) return;
    await onAccept?.();
    if (isAwaited) await this.fetch().catch(() => {}); // shown in the state
  }

  /** The host of the listed models. */
  get site(): ModelsOptions['site'] {
    return this.#options.site;
  }

  /** True while work needs the chosen model. */
  get isInUse(): boolean {
    return this.#runningWork !== null;
  }

  /** Waits for work that needs the chosen model. */
  async whenFree(): Promise<void> {
    while (this.#runningWork) await this.#runningWork;
  }

  /** As `fetch`, after the visitor pressed a button that names the model's host. */
  async download(model: CatalogueModel): Promise<void> {
    this.#confirmed.push(model.id);
    return this.fetch(model);
  }

  /**
   * Chooses the model and downloads what is missing, without loading it. If its licence is not accepted yet, asks
   * first. Rejects with an AppError: `host-unconfirmed` if another host, or the address of a model that the visitor
   * added, would be contacted and the visitor has not agreed since the page was opened.
   */
  async fetch(model = this.chosen): Promise<void> {
    await this.choose(model);
    this.#awaited = this.licences.asking;
    const { chosen } = this;
    // The weights of a loaded model may have been found damaged.
    const isHere = this.state.phase === 'ready' && this.stored.isWhole(chosen);
    if (chosen.id !== model.id || isHere) return;
    const work = async (signal: AbortSignal) => {
      await this.#fetch(chosen, signal);
      await this.readState();
    };
    return this.#fetching.run((signal) => this.#shown(chosen, work(signal)));
  }

  /** The chosen model is loaded and can answer. */
  get isReady(): boolean {
    return this.state.phase === 'ready' && !this.chosen.needsFormat;
  }

  /** Downloads and loads the chosen model as far as needed. Rejects with an AppError. */
  async ensureReady(): Promise<void> {
    if (this.isReady) return;
    const model = this.chosen;
    if (model.needsFormat) throw new AppError(model.needsFormat);
    const work = async (signal: AbortSignal) => {
      await this.fetch();
      signal.throwIfAborted();
      await this.#load(model, signal);
    };
    return this.#preparing.run((signal) => this.#shown(model, work(signal)));
  }

  /** Accepts the files of the chosen model that its publisher has changed. */
  acceptChange(): Promise<void> {
    return this.#options.storage.forgetHashes(weightsIdOf(this.chosen));
  }

  /** Pauses the download until `resume`, which continues it. */
  pause(): void {
    this.#download?.pause();
  }

  resume(): void {
    this.#download?.resume();
  }

  /** Ends a download or a load; what has arrived is kept. */
  cancel(): void {
    this.#fetching.cancel();
    this.#preparing.cancel();
  }

  /** Another tab has added a model, or changed the format of one. */
  async reloadCustomModels(): Promise<void> {
    await this.own.start(await this.#options.capabilities());
    await this.whenFree();
    const now = this.own.list.find(({ id }) => id === this.chosen.id);
    if (now) this.chosen = now;
  }

  /** Sets the format of a custom model from the next question on; null for its own format. */
  async setFormat({ id }: CatalogueModel, format: ChosenFormat | null): Promise<void> {
    await this.whenFree();
    const changed = await this.own.setFormat(id, format);
    if (changed && this.chosen.id === id) this.chosen = changed;
  }

  /**
   * Checks again what is available: weights may have become accessible, or another tab may have loaded the
   * model.
   */
  async refresh(): Promise<void> {
    if (['absent', 'stored', 'failed'].includes(this.state.phase)) await this.readState();
  }

  /** For the engine's `onLost`: the weights are still stored, so the next question loads them again. */
  lost(): void {
    if (this.state.phase === 'ready') this.state = { phase: 'stored' };
  }

  /** Shows an error of the work as the state of its model, if that is still the chosen one. */
  async #shown(model: CatalogueModel, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (cause) {
      const error = AppError.from(cause, 'engine-failed');
      if (this.chosen.id === model.id) {
        if (error.code === 'aborted') await this.readState();
        else this.state = { phase: 'failed', error };
      }
      void this.stored.refresh(); // what has arrived is kept
      throw error;
    }
  }

  async #load(model: CatalogueModel, signal: AbortSignal): Promise<void> {
    this.state = { phase: 'loading' };
    const facts = await this.#options.engine.load(engineModel(model, this.capabilities), {
      signal,
      onProgress: ({ progress01 }) => {
        if (signal.aborted) return;
        this.state = { phase: 'loading', ...(progress01 === undefined ? {} : { progress01 }) };
      },
    });
    signal.throwIfAborted(); // Another model may have been chosen in the meantime.
    this.state = { phase: 'ready', ...facts };
    void this.stored.refresh();
  }

  async #fetch(model: CatalogueModel, signal: AbortSignal): Promise<void> {
    const { downloads, storage, site } = this.#options;
    const picked = this.own.pickedFor(model);
    const source = modelSource(model, site, picked);
    // An engine could have written both the stored choice and the stored address.
    const host = hostToConfirm(model, source, site);
    if (host !== null && !picked && !this.#confirmed.includes(model.id)) {
      throw new AppError('host-unconfirmed', { host });
    }
    if (!this.stored.sizeOf(model)) void storage.persist().catch(() => {});
    this.#download = modelDownload(downloads, source, (state) => (this.state = state));
    await this.#download.run(signal);
  }

  /** Reads the state of the chosen model: absent, stored or loaded. */
  async readState(): Promise<void> {
    const model = this.chosen;
    await this.stored.refresh();
    if (this.chosen.id !== model.id) return;
    const facts = this.#options.engine.adopt(engineModel(model, this.capabilities));
    if (facts) this.state = { phase: 'ready', ...facts };
    else this.state = { phase: this.stored.isWhole(model) ? 'stored' : 'absent' };
  }
}
