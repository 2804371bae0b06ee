/** Shows a theme: `theme.css` follows the attribute, the browser's bars follow the meta elements. */
import type { Theme } from '../core/settings/preferences';

export function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  // index.html has one for each scheme; a chosen theme sets its colour on both.
  const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
  for (const bar of bars) bar.dataset['own'] ??= bar.content;
  for (const bar of bars) {
    const chosen = bars.find(({ media }) => media.includes(theme)) ?? bar;
    bar.content = chosen.dataset['own'] ?? bar.content;
  }
}

/** Sets an accent colour; null for the theme's own. An invalid colour changes nothing. */
export function showAccent(colour: string | null): void {
  const { style } = document.documentElement;
  if (colour === null) style.removeProperty('--accent');
  else if (CSS.supports('color', colour)) style.setProperty('--accent', colour);
}
