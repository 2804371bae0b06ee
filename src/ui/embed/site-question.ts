/** The texts of a question about a site. */
import type { WidgetTexts } from '../../i18n/widget';
import type { SiteQuestion } from '../../stores/embed/site-permission.svelte';

export function siteQuestion(
  texts: WidgetTexts,
  site: string,
  { kind, isPersistent }: SiteQuestion,
) {
  const { permission, more } = texts;
  if (kind === 'more') return { ...more, title: more.title(site) };
  const note = isPersistent ? permission.note : permission.noteHere;
  return { title: permission.title(site), text: permission.text, allow: permission.allow, note };
}
