/** The texts of a question about a site. */
import type { WidgetTexts } from '../../i18n/widget';
import type { SiteQuestion } from '../../stores/embed/site-permission.svelte';

export function siteQuestion(texts: WidgetTexts, site: string, { wants, lasts }: SiteQuestion) {
  const { permission, more } = texts;
  if (wants === 'more') return { ...more, title: more.title(site) };
  const note = lasts ? permission.note : permission.noteHere;
  return { title: permission.title(site), text: permission.text, allow: permission.allow, note };
}
