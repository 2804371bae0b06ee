/** The text in a frame that may not be embedded, or in a window without an opener. */
import { loadTexts } from '../i18n';
import { widgetTexts } from '../i18n/widget';

export async function showRefusal({ isLone = false } = {}): Promise<void> {
  const { language } = await loadTexts(navigator.languages);
  const { refused } = widgetTexts(language);
  document.documentElement.lang = language;
  const text = document.createElement('p');
  text.className = 'refused';
  text.textContent = isLone ? refused.lone : refused.title;
  const link = document.createElement('a');
  Object.assign(link, {
    href: './',
    target: '_blank',
    rel: 'noopener',
    textContent: refused.openApp,
  });
  const paragraph = document.createElement('p');
  paragraph.className = 'refused';
  paragraph.append(link);
  document.getElementById('app')?.replaceChildren(text, paragraph);
}
