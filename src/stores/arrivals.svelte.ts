/**
 * What comes in from outside the page: a shared text, a link's prompt, a file, a shortcut. It is shown in the
 * composer or asked about; nothing is sent or added by itself.
 */
import {
  incomingText,
  type IncomingText,
  type Launch,
  maxPromptLength,
  maxTextLength,
} from '../core/launch';
import { type FileUse, useOf } from '../core/incoming-file';
import type { Shared } from '../protocol/offline';

/** A file that waits for the visitor's word. */
export interface WaitingFile {
  readonly file: File;
  readonly use: 'model' | 'chats';
}

export interface ArrivalsOptions {
  /** What stands in it, and may be added to. */
  readonly composer: { draft: string };
  readonly startNewChat: () => void;
  /** Adds the model in the file; false if that failed. */
  readonly addModel: (file: File) => Promise<boolean>;
  /** Imports an export; how that went is shown with the list of chats. */
  readonly importChats: (file: File) => Promise<void>;
  /** What was posted to the share target. */
  readonly takeShared: () => Promise<Shared | null>;
}

export class Arrivals {
  modelsOpen = $state(false);
  /** The drawer with the list of chats; nothing on a screen that shows the list anyway. */
  chatsOpen = $state(false);
  waiting = $state.raw<readonly WaitingFile[]>([]);
  /** Names of files that nothing can be done with. */
  unreadable = $state.raw<readonly string[]>([]);

  /** So many characters of a longer text were taken; null if nothing was left out. */
  cutTo = $state<number | null>(null);

  readonly #options: ArrivalsOptions;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  async launch({ opens, prompt, isCut, isShare }: Launch): Promise<void> {
    if (opens === 'models') this.modelsOpen = true;
    if (opens === 'new-chat') this.#options.startNewChat();
    this.#prefill({ text: prompt, isCut }, maxPromptLength);
    if (!isShare) return;
    const shared = await this.#options.takeShared().catch(() => null);
    if (!shared) return;
    this.#prefill(incomingText(shared.text));
    await this.receiveFiles(shared.files);
  }

  async receiveFiles(files: readonly File[]): Promise<void> {
    const ofUse = (use: FileUse) => files.filter((file) => useOf(file) === use);
    const waitingOf = (use: WaitingFile['use']) => ofUse(use).map((file) => ({ file, use }));
    this.waiting = [...this.waiting, ...waitingOf('model'), ...waitingOf('chats')];
    this.unreadable = ofUse('none').map(({ name }) => name.slice(0, 100));
    for (const file of ofUse('text')) this.#prefill(incomingText(await file.text()));
  }

  /** The visitor's word on the first file that waits. */
  async answer(accepts: boolean): Promise<void> {
    const [first, ...others] = this.waiting;
    if (!first) return;
    if (accepts && first.use === 'model') {
      if (!(await this.#options.addModel(first.file))) return;
      this.modelsOpen = true;
    }
    this.waiting = others;
    if (accepts && first.use === 'chats') {
      this.chatsOpen = true;
      await this.#options.importChats(first.file);
    }
  }

  /** Never in place of what is there. */
  #prefill({ text, isCut }: IncomingText, maxLength = maxTextLength): void {
    if (text === '') return;
    if (isCut) this.cutTo = maxLength;
    const { composer } = this.#options;
    composer.draft = composer.draft.trim() === '' ? text : `${composer.draft}\n\n${text}`;
  }
}
