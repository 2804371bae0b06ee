/** The visitor's theme and language; changes take effect at once, in other tabs too. */
import {
  defaultPreferences,
  type LanguageChoice,
  type Preferences,
  type Theme,
  type TitleChoice,
} from '../../core/settings/preferences';

/** The part of `src/storage` that this store needs. */
export interface PreferenceStorage {
  loadPreferences(): Preferences;
  savePreferences(preferences: Preferences): void;
  watchPreferences(onChange: (preferences: Preferences) => void): void;
}

export class Appearance {
  current = $state.raw<Preferences>(defaultPreferences);

  readonly #storage: PreferenceStorage;
  readonly #onChange: (now: Preferences, before: Preferences | null) => void;

  /**
   * `onChange` draws the page: it is called at the start, without earlier preferences, and after each change.
   */
  constructor(
    storage: PreferenceStorage,
    onChange: (now: Preferences, before: Preferences | null) => void,
  ) {
    this.#storage = storage;
    this.#onChange = onChange;
  }

  start(): void {
    this.current = this.#storage.loadPreferences();
    this.#onChange(this.current, null);
    this.#storage.watchPreferences((preferences) => this.#set(preferences));
  }

  setTheme(theme: Theme): void {
    this.#change({ theme });
  }

  setTitles(titles: TitleChoice): void {
    this.#change({ titles });
  }

  setLanguage(language: LanguageChoice): void {
    this.#change({ language });
  }

  #change(change: Partial<Preferences>): void {
    this.#set({ ...this.current, ...change });
    this.#storage.savePreferences(this.current);
  }

  #set(preferences: Preferences): void {
    const before = this.current;
    this.current = preferences;
    this.#onChange(preferences, before);
  }
}
