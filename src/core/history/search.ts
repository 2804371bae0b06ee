/** Finds words in conversations, ignoring case and accents. */
import type { SearchHit, Snippet } from '../../protocol/history';
import type { Conversation } from '../chat/conversation';
import { titleOf } from './conversation-summary';
import { fold } from './fold';

/** A conversation in which places are looked up. */
export interface SearchDocument {
  readonly id: string;
  readonly title: string;
  readonly foldedTitle: string;
  readonly turns: readonly {
    readonly id: string;
    readonly text: string;
    /** The length of the folded text. */
    readonly foldedLength: number;
  }[];
  /** The folded texts of the turns, each followed by a line feed. */
  readonly folded: string;
}

/** The folded words of a query; none if it is blank. */
export function queryWords(query: string): readonly string[] {
  return fold(query.normalize('NFC'))
    .text.split(/\s+/)
    .filter((word) => word !== '');
}

export function searchDocument(conversation: Conversation): SearchDocument {
  const title = titleOf(conversation).normalize('NFC');
  const turns: { id: string; text: string; foldedLength: number }[] = [];
  let folded = '';
  for (const { id, text } of conversation.turns) {
    const composed = text.normalize('NFC');
    const one = fold(composed).text;
    turns.push({ id, text: composed, foldedLength: one.length });
    folded += `${one}\n`;
  }
  const { id } = conversation;
  return { id, title, foldedTitle: fold(title).text, turns, folded };
}

/**
 * Each folded word of the title and the texts once, on a line of its own: a query's word has no spaces either, so it is
 * part of a text exactly if it is part of one of these.
 */
export function searchTerms({ folded, foldedTitle }: SearchDocument): string {
  return [...new Set(`${foldedTitle}\n${folded}`.split(/\s+/))].join('\n');
}

/** True if a conversation with these terms contains every word. */
export function isHit(terms: string, words: readonly string[]): boolean {
  return words.every((word) => terms.includes(word));
}

/** What to show of a document that is a hit. */
export function hitOf(document: SearchDocument, words: readonly string[]): SearchHit {
  const at = firstMatch(document.folded, words);
  const found = at < 0 ? null : turnAt(document, at);
  return {
    id: document.id,
    titleMarks: marksIn(document.title, words),
    turnId: found?.turn.id ?? null,
    snippet: found && snippetAt(found.turn.text, found.at, words),
  };
}

/** The place of all words together, else that of the first word that occurs; -1 if none does. */
function firstMatch(folded: string, words: readonly string[]): number {
  const together = folded.indexOf(words.join(' '));
  if (together >= 0) return together;
  const places = words.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
  return places[0] ?? -1;
}

function turnAt({ turns }: SearchDocument, at: number) {
  let start = 0;
  for (const turn of turns) {
    const end = start + turn.foldedLength + 1;
    if (at < end) return { turn, at: fold(turn.text).placeOf(at - start) };
    start = end;
  }
  return null;
}

const beforeCharacters = 30;
const snippetCharacters = 160;

function snippetAt(text: string, at: number, words: readonly string[]): Snippet {
  const from = at <= beforeCharacters ? 0 : wordStart(text, at - beforeCharacters, at);
  const to = characterStart(text, from + snippetCharacters);
  // Each white-space unit becomes one space, so positions stay.
  const cut = text.slice(from, to).toWellFormed().replace(/\s/g, ' ');
  const head = from > 0 ? '…' : '';
  return {
    text: `${head}${cut}${to < text.length ? '…' : ''}`,
    marks: marksIn(cut, words).map(([start, end]) => [start + head.length, end + head.length]),
  };
}

function wordStart(text: string, from: number, at: number): number {
  const space = text.slice(from, at).search(/\s/);
  return space < 0 ? characterStart(text, from) : from + space + 1;
}

/** User-perceived characters: an emoji of several code points is one, and so is a letter with its marks. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** No real character is longer than this. */
const maxCharacterUnits = 400;

/** The start of the character that contains position `at`. */
function characterStart(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const from = Math.max(0, at - maxCharacterUnits);
  const near = text.slice(from, at + maxCharacterUnits);
  return from + (characters.segment(near).containing(at - from)?.index ?? at - from);
}

function characterEnd(text: string, at: number): number {
  const found = at > 0 ? characters.segment(text).containing(at - 1) : undefined;
  return found ? found.index + found.segment.length : at;
}

/** The ranges of the words in a short text, in order, as whole characters; ranges that touch are joined. */
function marksIn(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const folded = fold(text);
  const places: [number, number][] = [];
  for (const word of words) {
    let at = folded.text.indexOf(word);
    for (; at >= 0; at = folded.text.indexOf(word, at + word.length)) {
      const last = folded.placeOf(at + word.length - 1) + 1;
      places.push([characterStart(text, folded.placeOf(at)), characterEnd(text, last)]);
    }
  }
  places.sort((a, b) => a[0] - b[0]);
  const marks: [number, number][] = [];
  for (const [start, end] of places) {
    const last = marks.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else marks.push([start, end]);
  }
  return marks;
}
