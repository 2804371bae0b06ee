/**
 * The visitor's preferences, in localStorage: they are needed before the first drawing, and IndexedDB is
 * asynchronous. Without storage they are forgotten.
 */
import {
  defaultPreferences,
  type Preferences,
  readPreferences,
} from '../core/settings/preferences';

const key = 'corral-preferences';

export function loadPreferences(): Preferences {
  try {
    return readPreferences(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return defaultPreferences;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Without storage they apply until the page is closed.
  }
}

/** Calls back when another tab has changed them. */
export function watchPreferences(onChange: (preferences: Preferences) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) onChange(loadPreferences());
  });
}
