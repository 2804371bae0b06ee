/**
 * What comes in from outside the page: a shared text, a link's prompt, a file, a shortcut. It is shown in the
 * composer or asked about; nothing is sent or added by itself.
 */
import type { FileUse } from '../../core/offline/incoming-file';
import type { IncomingText, Launch } from '../../core/offline/launch';
import { AppError } from '../../protocol/errors';
import type { Shared } from '../../protocol/offline';

/** What looks at what comes in, which few visits need. */
const readers = () =>
  Promise.all([import('../../core/offline/launch'), import('../../core/offline/incoming-file')]);

/** A file that waits for the visitor's word. */
export interface WaitingFile {
  readonly file: File;
  readonly use: 'model' | 'chats';
}

export interface IncomingContentOptions {
  /** What stands in it. */
  readonly composer: { draft: string };
  readonly startNewChat: () => void;
  /** Adds the model in the file; false if that failed. */
  readonly addModel: (file: File) => Promise<boolean>;
  /** Has documents read, to come with the next question. */
  readonly attach: (files: readonly File[]) => Promise<void>;
  /** Imports an export; how that went is shown with the list of chats. */
  readonly importChats: (file: File) => Promise<void>;
  /** What was posted to the share target. */
  readonly takeShared: () => Promise<Shared | null>;
}

export class IncomingContent {
  modelsOpen = $state(false);
  /** The drawer with the list of chats; nothing on a screen that shows the list anyway. */
  chatsOpen = $state(false);
  waiting = $state.raw<readonly WaitingFile[]>([]);
  /** Texts that came while something else stood in the composer: they are never mixed with it. */
  waitingTexts = $state.raw<readonly string[]>([]);
  /** Names of files that nothing can be done with. */
  unreadable = $state.raw<readonly string[]>([]);
  /** Of documents that could not be taken. */
  error = $state.raw<AppError | null>(null);

  /** So many characters of a longer text were taken; null if nothing was left out. */
  cutTo = $state<number | null>(null);

  readonly #options: IncomingContentOptions;

  constructor(options: IncomingContentOptions) {
    this.#options = options;
  }

  async launch({ opens, prompt, isCut, isShare }: Launch): Promise<void> {
    if (opens === 'models') this.modelsOpen = true;
    if (opens === 'new-chat') this.#options.startNewChat();
    const [{ maxPromptLength }] = await readers();
    this.#prefill({ text: prompt, isCut }, maxPromptLength);
    if (!isShare) return;
    const shared = await this.#options.takeShared().catch(() => null);
    if (shared) await this.receiveFiles(shared.files, shared.text);
  }

  /** The text that comes with the files, and those of text files, are one. */
  async receiveFiles(files: readonly File[], text = ''): Promise<void> {
    const [{ incomingText, maxTextLength }, { useOf }] = await readers();
    const ofUse = (use: FileUse) => files.filter((file) => useOf(file) === use);
    const waitingOf = (use: WaitingFile['use']) => ofUse(use).map((file) => ({ file, use }));
    this.waiting = [...this.waiting, ...waitingOf('model'), ...waitingOf('chats')];
    this.unreadable = ofUse('none').map(({ name }) => name.slice(0, 100));
    const documents = ofUse('document');
    if (documents.length > 0) {
      this.#options
        .attach(documents)
        .catch((cause: unknown) => (this.error = AppError.from(cause)));
    }
    const texts = await Promise.all(ofUse('text').map((file) => file.text()));
    const all = [text, ...texts].map((one) => incomingText(one).text);
    this.#prefill(incomingText(all.filter((one) => one !== '').join('\n\n')), maxTextLength);
  }

  /** The visitor's word on the first text that waits. */
  answerText(accepts: boolean): void {
    const [text, ...others] = this.waitingTexts;
    this.waitingTexts = others;
    if (!accepts || text === undefined) return;
    const { composer, startNewChat } = this.#options;
    startNewChat();
    composer.draft = text;
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

  /** Never in place of what is there, nor with it. */
  #prefill({ text, isCut }: IncomingText, maxLength: number): void {
    if (text === '') return;
    if (isCut) this.cutTo = maxLength;
    const { composer } = this.#options;
    if (composer.draft.trim() === '') composer.draft = text;
    else if (composer.draft !== text) this.waitingTexts = [...this.waitingTexts, text];
  }
}
