/**
 * Detects the language of an answer by its most frequent words. Libraries for this take 100 KB or more and need
 * a sentence or two as well; word lists are enough for the six languages that a visitor can choose.
 */
import { type Language, languages } from './pin-check';

/** Words that are frequent in the language and rare in the others. */
const frequentWords: Readonly<Record<Language, string>> = {
  en: 'the of and to is that it was for with as be this have from or by but not what are were they you we can will your which would there their has i my',
  it: 'il di che è e la per un una non sono con del della ho gli nel alla dei delle anche più come questo questa ma se lo hai molto essere può perché ci della dal ed io mi',
  fr: 'le les des est et que pour une dans qui sur pas plus avec sont vous nous être cette ce au aux du ou mais comme je il elle ont très peut leur en',
  de: 'der die das und ist nicht ein eine zu mit den von auf für im sich des dem sie ich auch es an werden aus er hat dass wir wird kann sind bei oder nach wie',
  es: 'el los las de que y es en un una por con para no se del al lo como más pero sus está son este esta muy ha yo su también hay puede ser tiene sobre',
  pt: 'o os as de que e é do da em um uma para com não por mais dos das se na no ao como mas foi ele ela são está muito você isso tem seu sua pelo também pode',
};

const wordsOf = Object.fromEntries(
  languages.map((language) => [language, new Set(frequentWords[language].split(' '))]),
) as unknown as Readonly<Record<Language, ReadonlySet<string>>>;

/** Null if no language clearly leads: names and numbers are the same in all. */
export function detectLanguage(text: string): Language | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const ranked = languages
    .map((language) => ({
      language,
      hits: words.filter((word) => wordsOf[language].has(word)).length,
    }))
    .sort((a, b) => b.hits - a.hits);
  const [best, next] = ranked as [(typeof ranked)[0], (typeof ranked)[0]];
  // Requires two frequent words, and a third more than the next language.
  return best.hits >= 2 && best.hits * 3 >= next.hits * 4 ? best.language : null;
}
