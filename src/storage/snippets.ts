/** The visitor's prompt snippets, in IndexedDB beside the presets. */
import { get, set } from 'idb-keyval';
import { settingsStore } from './settings';

/** As stored: unchecked. */
export const loadSnippets = (): Promise<unknown> => get<unknown>('snippets', settingsStore);

export const saveSnippets = (snippets: readonly object[]): Promise<void> =>
  set('snippets', snippets, settingsStore);
