/**
 * The languages of the interface, each by its own name. To add one, add a line here and a folder in `src/i18n`; the
 * compiler then reports every table that lacks it.
 */
export const interfaceLanguages = { en: 'English', it: 'Italiano' } as const;

export type InterfaceLanguage = keyof typeof interfaceLanguages;

export const isInterfaceLanguage = (tag: unknown): tag is InterfaceLanguage =>
  typeof tag === 'string' && Object.hasOwn(interfaceLanguages, tag);

/** The first of the visitor's languages that the interface supports; English otherwise. */
export function languageOf(languages: readonly string[]): InterfaceLanguage {
  const tags = languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return tags.find(isInterfaceLanguage) ?? 'en';
}
