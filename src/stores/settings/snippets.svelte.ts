/** The visitor's prompt snippets. Loaded when "/" is typed, or where presets are managed. */
import { presetLimits, presetName } from '../../core/settings/presets';
import {
  type PromptSnippet,
  readSnippets,
  snippetText,
  withImportedSnippets,
} from '../../core/settings/prompt-snippets';
import { AppError } from '../../protocol/errors';

/** The part of `src/storage` that this store needs. */
export interface SnippetStorage {
  load(): Promise<unknown>;
  save(snippets: readonly PromptSnippet[]): Promise<void>;
}

export class Snippets {
  own = $state.raw<readonly PromptSnippet[]>([]);
  /** Why the last change failed. */
  error = $state.raw<AppError | null>(null);
  readonly #storage: SnippetStorage;

  constructor(storage: SnippetStorage) {
    this.#storage = storage;
  }

  /** Reads the stored snippets; if that fails, `error` is set. */
  async start(): Promise<void> {
    try {
      const stored = await this.#storage.load();
      if (stored !== undefined) this.own = readSnippets(stored);
    } catch (cause) {
      this.error = AppError.from(cause, 'storage-unavailable');
    }
  }

  /** Adds one, or changes the one that was called `from`. False, with nothing changed, for a name that is taken. */
  save(typedName: string, typedText: string, from?: string): boolean {
    const [name, text] = [presetName(typedName), snippetText(typedText)];
    const isTaken = name !== from && this.own.some((one) => one.name === name);
    const isFull = from === undefined && this.own.length >= presetLimits.count;
    if (name === '' || text === null || isTaken || isFull) return false;
    const next = { name, text };
    this.#change(
      from === undefined
        ? [...this.own, next]
        : this.own.map((one) => (one.name === from ? next : one)),
    );
    return true;
  }

  remove(name: string): void {
    this.#change(this.own.filter((one) => one.name !== name));
  }

  /** Adds those of a file of presets. Throws `presets-unreadable` if they would be too many. */
  import(imported: readonly PromptSnippet[]): void {
    const all = withImportedSnippets(this.own, imported);
    if (all.length > presetLimits.count)
      throw new AppError('presets-unreadable', { place: 'snippets' });
    this.#change(all);
  }

  #change(own: readonly PromptSnippet[]): void {
    this.own = own;
    this.error = null;
    this.#storage.save(own).catch((cause: unknown) => {
      this.error = new AppError('storage-unavailable', {}, { cause });
    });
  }
}
