/**
 * What comes in from outside the page: a shared text, a link's prompt, a file, a shortcut. It is shown in the
 * composer or asked about; nothing is sent or added by itself.
 */
import { incomingText, type Launch } from '../core/launch';
import { useOf } from '../core/incoming-file';
import type { Shared } from '../protocol/offline';

export interface ArrivalsOptions {
  /** What stands in it, and may be added to. */
  readonly composer: { draft: string };
  readonly startNewChat: () => void;
  /** Adds the model in the file; false if that failed. */
  readonly addModel: (file: File) => Promise<boolean>;
  /** What was posted to the share target. */
  readonly takeShared: () => Promise<Shared | null>;
}

export class Arrivals {
  modelsOpen = $state(false);
  /** Model files that wait for the visitor's word. */
  models = $state.raw<readonly File[]>([]);
  /** Names of files that nothing can be done with. */
  unreadable = $state.raw<readonly string[]>([]);

  readonly #options: ArrivalsOptions;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  async launch({ opens, prompt, isShare }: Launch): Promise<void> {
    if (opens === 'models') this.modelsOpen = true;
    if (opens === 'new-chat') this.#options.startNewChat();
    this.#prefill(prompt);
    if (!isShare) return;
    const shared = await this.#options.takeShared().catch(() => null);
    if (!shared) return;
    this.#prefill(incomingText(shared.text));
    await this.receiveFiles(shared.files);
  }

  async receiveFiles(files: readonly File[]): Promise<void> {
    const ofUse = (use: ReturnType<typeof useOf>) => files.filter((file) => useOf(file) === use);
    this.models = [...this.models, ...ofUse('model')];
    this.unreadable = ofUse('none').map(({ name }) => name.slice(0, 100));
    for (const file of ofUse('text')) this.#prefill(incomingText(await file.text()));
  }

  /** The visitor's word on the first of the model files. */
  async answerModel(accepts: boolean): Promise<void> {
    const [file, ...others] = this.models;
    if (!file) return;
    if (accepts) {
      if (!(await this.#options.addModel(file))) return;
      this.modelsOpen = true;
    }
    this.models = others;
  }

  /** Never in place of what is there. */
  #prefill(text: string): void {
    if (text === '') return;
    const { composer } = this.#options;
    composer.draft = composer.draft.trim() === '' ? text : `${composer.draft}\n\n${text}`;
  }
}
