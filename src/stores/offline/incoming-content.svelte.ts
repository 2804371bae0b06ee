/**
 * Content from outside the page: a shared text, a link's prompt, a file, a shortcut. It is put into the
 * composer or the visitor is asked; nothing is sent or added automatically.
 */
import type { FileUse, IncomingText, Launch } from '../../core/offline/launch';
import { AppError } from '../../protocol/errors';
import type { Shared } from '../../protocol/offline';

/** Loaded late, since few visits need it. */
const readers = () => import('../../core/offline/launch');

/** A file that waits for the visitor's decision. */
export interface PendingFile {
  readonly file: File;
  readonly use: 'model' | 'chats';
}

export interface IncomingContentOptions {
  /** Its text. */
  readonly composer: { draft: string };
  readonly startNewChat: () => void;
  /** Adds the model in the file; false if that failed. */
  readonly addModel: (file: File) => Promise<boolean>;
  /** Reads documents, and attaches them to the next question. */
  readonly attach: (files: readonly File[]) => Promise<void>;
  /** Imports an export file; the list of chats shows the result. */
  readonly importChats: (file: File) => Promise<void>;
  /** Takes the content that was posted to the share target. */
  readonly takeShared: () => Promise<Shared | null>;
}

export class IncomingContent {
  modelsOpen = $state(false);
  /** The drawer with the list of chats; no effect on a wide screen, which always shows the list. */
  chatsOpen = $state(false);
  waiting = $state.raw<readonly PendingFile[]>([]);
  /** Texts that arrived while the composer was not empty. They are never added to its text. */
  waitingTexts = $state.raw<readonly string[]>([]);
  /** Names of files that cannot be used. */
  unreadable = $state.raw<readonly string[]>([]);
  /** The error of a text file that is too long for a message. */
  error = $state.raw<AppError | null>(null);

  /** The number of characters to which a text was cut; null if nothing was cut. */
  cutTo = $state<number | null>(null);

  readonly #options: IncomingContentOptions;

  constructor(options: IncomingContentOptions) {
    this.#options = options;
  }

  async launch({ opens, prompt, isCut, isShare }: Launch): Promise<void> {
    if (opens === 'models') this.modelsOpen = true;
    if (opens === 'new-chat') this.#options.startNewChat();
    const { maxPromptLength } = await readers();
    this.#prefill({ text: prompt, isCut }, maxPromptLength);
    if (!isShare) return;
    const shared = await this.#options.takeShared().catch(() => null);
    if (shared) await this.receiveFiles(shared.files, shared.text);
  }

  /** The text of a share and those of its text files are joined. */
  async receiveFiles(files: readonly File[], text = ''): Promise<void> {
    const { incomingText, maxTextLength, fileUseOf } = await readers();
    const ofUse = (use: FileUse) => files.filter((file) => fileUseOf(file) === use);
    const waitingOf = (use: PendingFile['use']) => ofUse(use).map((file) => ({ file, use }));
    this.waiting = [...this.waiting, ...waitingOf('model'), ...waitingOf('chats')];
    this.unreadable = ofUse('none').map(({ name }) => name.slice(0, 100));
    const notes = await Promise.all(
      ofUse('text').map(async (file) => ({ file, note: await noteOf(file) })),
    );
    const documents = [
      ...ofUse('document'),
      ...notes.flatMap(({ file, note }) => (note === null ? [file] : [])),
    ];
    if (documents.length > 0) {
      this.#options
        .attach(documents)
        .catch((cause: unknown) => (this.error = AppError.from(cause)));
    }
    const all = [text, ...notes.map(({ note }) => note ?? '')].map((one) => incomingText(one).text);
    this.#prefill(incomingText(all.filter((one) => one !== '').join('\n\n')), maxTextLength);
  }

  /** The visitor's decision about the first waiting text. */
  answerText(accepts: boolean): void {
    const [text, ...others] = this.waitingTexts;
    this.waitingTexts = others;
    if (!accepts || text === undefined) return;
    const { composer, startNewChat } = this.#options;
    startNewChat();
    composer.draft = text;
  }

  /** The visitor's decision about the first waiting file. */
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

  /** Puts a text into the composer only if it is empty. */
  #prefill({ text, isCut }: IncomingText, maxLength: number): void {
    if (text === '') return;
    if (isCut) this.cutTo = maxLength;
    const { composer } = this.#options;
    if (composer.draft.trim() === '') composer.draft = text;
    else if (composer.draft !== text) this.waitingTexts = [...this.waitingTexts, text];
  }
}

/** Null for what is no text in UTF-8, or cannot be read: the reader of documents knows more, and says why not. */
async function noteOf(file: File): Promise<string | null> {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const text = decoder.decode(await file.arrayBuffer());
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
