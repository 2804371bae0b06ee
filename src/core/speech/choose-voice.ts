/** Chooses the voice for a language among those of the device itself. */

/** The part of a `SpeechSynthesisVoice` that the choice needs. */
export interface Voice {
  readonly name: string;
  /** Such as `it-IT`; Android writes `it_IT`. */
  readonly lang: string;
  /** False if the text goes to a service. */
  readonly localService: boolean;
  readonly default: boolean;
}

/** The voices that send nothing to a service. If the browser does not report it, the voice is left out. */
export function localVoices<V extends Voice>(voices: readonly V[]): readonly V[] {
  return voices.filter(({ localService }) => localService === true);
}

/**
 * Null if no voice speaks the language.
 * @param preferred The visitor's languages, such as `['en-GB', 'it']`, whose region comes first.
 */
export function chooseVoice<V extends Voice>(
  voices: readonly V[],
  language: string,
  preferred: readonly string[],
): V | null {
  const wanted = preferred.map(tagOf);
  const rankOf = (voice: V) => {
    const at = wanted.indexOf(tagOf(voice.lang));
    return (at < 0 ? wanted.length : at) * 2 + (voice.default ? 0 : 1);
  };
  const fitting = voices.filter(({ lang }) => tagOf(lang).split('-')[0] === language);
  return fitting.toSorted((a, b) => rankOf(a) - rankOf(b))[0] ?? null;
}

const tagOf = (lang: string) => lang.replaceAll('_', '-').toLowerCase();

/** The visitor's own form of a language, such as `it-CH`; the language itself if there is none. */
export function regionalTag(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tagOf(tag).startsWith(`${language}-`)) ?? language;
}
