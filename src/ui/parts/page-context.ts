/** Values in Svelte's context that any component may need. */
import { createContext } from 'svelte';
import type { AllTexts, FirstTexts, Texts } from '../../i18n';
import type { Offline } from '../../stores/offline/offline.svelte';

const [getLoaded, setTexts] = createContext<Texts>();
export const [getOffline, setOffline] = createContext<Offline>();
export { setTexts };

/** For components that may be drawn before all texts are loaded. */
export const getTexts = (): FirstTexts => getLoaded();

/** For components that are drawn only after `withAllTexts` has resolved. */
export function getAllTexts(): AllTexts {
  const { all } = getLoaded();
  if (!all) throw new Error('the component was drawn before its texts were loaded');
  return all;
}

/** For components that are drawn at once and show some text later. */
export const loadAllTexts = (): Promise<AllTexts> => getLoaded().loadAll();

/** Resolves with a component's code once the texts are loaded too. */
export function withAllTexts(): <T>(code: Promise<T>) => Promise<T> {
  const texts = getLoaded();
  return async (code) => {
    const [loaded] = await Promise.all([code, texts.loadAll()]);
    return loaded;
  };
}

/** The dialogs of which at most one is open; the models' dialog has its own state. */
export type DialogName = 'privacy' | 'offline' | 'settings' | 'shortcuts' | 'chat' | 'library';
