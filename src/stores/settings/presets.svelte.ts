/** The presets: built-in ones and the visitor's own. */
import {
  isSame,
  type Preset,
  presetLimits,
  presetName,
  type PresetSettings,
  withPreset,
} from '../../core/settings/presets';
import { loaded } from '../../bridge/lazy';
import { AppError } from '../../protocol/errors';
import type { Snippets } from './snippets.svelte';

/** Not part of the first load: most visitors have made none. */
const loadReading = () => loaded(import('../../core/settings/preset-file'));

/** The part of `src/storage` that this store needs. */
export interface PresetStorage {
  load(): Promise<unknown>;
  save(presets: readonly Preset[]): Promise<void>;
}

/** The part of a file that is used. */
interface PickedFile {
  readonly size: number;
  text(): Promise<string>;
}

export class Presets {
  own = $state.raw<readonly Preset[]>([]);
  /** Why the last change failed; then nothing has changed. */
  error = $state.raw<AppError | null>(null);
  /** In the current language. */
  builtIn = $state.raw<readonly Preset[]>([]);

  /** Loads the prompt snippets, which are in the same files. */
  readonly snippets: () => Promise<Snippets>;
  readonly #storage: PresetStorage;
  /** True if the code that reads the stored presets could not be loaded: then they must not be overwritten. */
  #isUnread = false;
  /** Never rejects. */
  #saving: Promise<void> = Promise.resolve();

  constructor(storage: PresetStorage, snippets: () => Promise<Snippets>) {
    this.#storage = storage;
    this.snippets = snippets;
  }

  async start(): Promise<void> {
    try {
      const stored = await this.#storage.load();
      if (stored === undefined) return;
      this.#isUnread = true;
      const { readPresets } = await loadReading();
      this.#isUnread = false;
      this.own = readPresets(stored);
    } catch (cause) {
      this.error = AppError.from(cause, 'storage-unavailable');
    }
  }

  /** The preset with these settings; the visitor's own first. */
  matching(settings: PresetSettings): Preset | undefined {
    return [...this.own, ...this.builtIn].find((preset) => isSame(preset.settings, settings));
  }

  /**
   * Adds a preset, or replaces the visitor's own one of that name. False, with nothing changed, for an invalid
   * name.
   */
  save(typed: string, settings: PresetSettings): boolean {
    const name = presetName(typed);
    return name !== '' && this.#change(withPreset(this.own, { name, settings }));
  }

  /** False, with nothing changed, for an invalid name or another preset's. */
  rename(from: string, typed: string): boolean {
    const name = presetName(typed);
    const isFree = name === from || this.own.every((preset) => preset.name !== name);
    if (name === '' || !isFree) return false;
    return this.#change(
      this.own.map((preset) => (preset.name === from ? { ...preset, name } : preset)),
    );
  }

  remove(name: string): void {
    this.#change(this.own.filter((preset) => preset.name !== name));
  }

  /** Adds the presets and snippets of a file; returns their number, or null with `error` set and nothing changed. */
  async import(file: PickedFile): Promise<number | null> {
    try {
      const { readFileSnippets, readPresetFile, tooLarge, withImported } = await loadReading();
      if (file.size > presetLimits.fileBytes) throw tooLarge(file.size);
      const text = await file.text();
      const imported = readPresetFile(text);
      const snippets = readFileSnippets(text);
      if (snippets.length > 0) (await this.snippets()).import(snippets);
      if (!this.#change(withImported(this.own, imported))) return null;
      await this.#saving; // success is reported only once they are stored
      return imported.length + snippets.length;
    } catch (cause) {
      this.error = AppError.from(cause, 'presets-unreadable');
      return null;
    }
  }

  /** False, with nothing changed, if the stored presets could not be read. */
  #change(own: readonly Preset[]): boolean {
    if (this.#isUnread) return false;
    this.own = own;
    this.error = null;
    this.#saving = this.#storage.save(own).catch((cause: unknown) => {
      this.error = new AppError('storage-unavailable', {}, { cause });
    });
    return true;
  }
}
