/**
 * Finds the passages of documents that match a question, by their words (BM25, English and Italian stems). Vectors
 * would be a second ranking; `search` is the place to combine the two.
 */
import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemItalian } from '@orama/stemmers/italian';
import MiniSearch from 'minisearch';
import { detectLanguage } from '../prompt/language';
import type { DocumentText, FoundPassage } from '../../protocol/documents';
import { pageAt } from './document';
import { cutPassages, type Passage } from './passages';

interface Entry {
  readonly id: number;
  readonly heading: string;
  readonly text: string;
}

/** Words that occur in every passage and in every question. */
const ignored = new Set(
  [
    'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its me my',
    'no not of on or our she should so than that the their them then there they this to was we were what when where which who',
    'whom why will with would you your about tell please',
    'al alla alle agli ai allo anche c che chi ci come con cosa cui d da dal dalla dalle dei del della delle degli di dove e ed',
    'è era essere gli ha hanno ho i il in io l la le lo ma mi ne nel nella nelle nei non o per perché più qual quale quali',
    'quando quanto se si sono su sul sulla tra un una uno dello nello sugli sui',
  ]
    .join(' ')
    .split(' '),
);

/** Words of letters and digits. An apostrophe separates an Italian article from its noun. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}+/gu, '');

/** The number of characters from which the language is detected. */
const sampleCharacters = 20_000;

export class PassageIndex {
  readonly #passages: readonly Passage[];
  readonly #pageStarts: readonly number[] | undefined;
  readonly #search: MiniSearch<Entry>;

  constructor({ text, pageStarts }: Pick<DocumentText, 'text' | 'pageStarts'>) {
    this.#pageStarts = pageStarts;
    this.#passages = cutPassages(text, pageStarts);
    const isItalian = detectLanguage(text.slice(0, sampleCharacters)) === 'it';
    const stem = isItalian ? stemItalian : stemEnglish;
    this.#search = new MiniSearch<Entry>({
      fields: ['text', 'heading'],
      tokenize: wordsOf,
      processTerm: (word) => {
        const lower = word.toLowerCase();
        return ignored.has(lower) ? null : folded(stem(lower));
      },
    });
    this.#search.addAll(
      this.#passages.map(({ from, to, heading }, id) => ({
        id,
        heading,
        text: text.slice(from, to),
      })),
    );
  }

  get size(): number {
    return this.#passages.length;
  }

  /** The best passages first; none if the document contains no word of the query. */
  search(query: string, limit: number): readonly FoundPassage[] {
    const hits = this.#search.search(query, {
      // A question may be a whole page; its first words are enough.
      tokenize: (text) => wordsOf(text).slice(0, 200),
      boost: { heading: 0.5 },
    });
    return hits.slice(0, limit).map(({ id, score }) => this.#found(id as number, score));
  }

  /** Passages from the beginning, for a question that matches nothing in the document. */
  first(limit: number): readonly FoundPassage[] {
    return this.#passages.slice(0, limit).map((_, at) => this.#found(at, 0));
  }

  #found(at: number, score: number): FoundPassage {
    const passage = this.#passages[at]!;
    const page = pageAt(this.#pageStarts, passage.from);
    const { from, to } = passage;
    return { from, to, ...(page === undefined ? {} : { page }), score };
  }
}
