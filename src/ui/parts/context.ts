/** What every component may need, handed down through Svelte's context. */
import { createContext } from 'svelte';
import type { AllTexts, FirstTexts, Texts } from '../../i18n';
import type { Offline } from '../../stores/offline/offline.svelte';

const [getLoaded, setTexts] = createContext<Texts>();
export const [getOffline, setOffline] = createContext<Offline>();
export { setTexts };

/** For what may be drawn before the rest of the texts is there. */
export const getTexts = (): FirstTexts => getLoaded();

/** For what is only drawn once `later` has let it. */
export function getAllTexts(): AllTexts {
  const { all } = getLoaded();
  if (!all) throw new Error('drawn before its texts were loaded');
  return all;
}

/** For what is drawn at once, and says a part of it later. */
export const loadAllTexts = (): Promise<AllTexts> => getLoaded().loadAll();

/** A component's code together with the texts that it needs. */
export function withAllTexts(): <T>(code: Promise<T>) => Promise<T> {
  const texts = getLoaded();
  return async (code) => {
    const [loaded] = await Promise.all([code, texts.loadAll()]);
    return loaded;
  };
}
