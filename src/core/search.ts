/** Finds words in conversations, whatever their case and accents. */
import type { SearchHit, Snippet } from '../protocol/history';
import type { Conversation } from './conversation';
import { titleOf } from './conversation-summary';

/** A conversation made ready to be searched. */
export interface SearchDocument {
  readonly id: string;
  readonly updatedMs: number;
  readonly title: string;
  readonly foldedTitle: string;
  readonly turns: readonly { readonly id: string; readonly text: string }[];
  /** The turns' texts, folded, with a line feed after each. */
  readonly folded: string;
}

const folds = new Map<string, string>();

function foldCharacter(character: string): string {
  let folded = folds.get(character);
  if (folded === undefined) {
    const base = character.normalize('NFD')[0]!.toLowerCase();
    folded = base.length === 1 ? base : character;
    folds.set(character, folded);
  }
  return folded;
}

/** Without case and accents, UTF-16 unit by unit: a place in what comes out is the same place in the text. */
export function fold(text: string): string {
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.replace(/[^\0-\x7f]/g, foldCharacter);
  return plain.toLowerCase();
}

/** The words of a query, folded; none if it is blank. */
export function queryWords(query: string): readonly string[] {
  return fold(query.normalize('NFC'))
    .split(/\s+/)
    .filter((word) => word !== '');
}

export function searchDocument(conversation: Conversation, updatedMs: number): SearchDocument {
  const turns = conversation.turns.map(({ id, text }) => ({ id, text: text.normalize('NFC') }));
  const title = titleOf(conversation).normalize('NFC');
  return {
    ...{ id: conversation.id, updatedMs, title, foldedTitle: fold(title), turns },
    folded: turns.map(({ text }) => `${fold(text)}\n`).join(''),
  };
}

/** True if every word is somewhere in it. */
export function isHit({ folded, foldedTitle }: SearchDocument, words: readonly string[]): boolean {
  return words.every((word) => folded.includes(word) || foldedTitle.includes(word));
}

/** Of a document that is a hit, what to show of it. */
export function hitOf(document: SearchDocument, words: readonly string[]): SearchHit {
  const { id, foldedTitle } = document;
  const at = firstPlace(document.folded, words);
  const found = at < 0 ? null : turnAt(document, at);
  return {
    id,
    titleMarks: marksIn(foldedTitle, words),
    turnId: found?.turn.id ?? null,
    snippet: found && snippetAt(found.turn.text, found.at, words),
  };
}

/** Where the words stand together, if they do; else where the first one stands that does; -1 if none does. */
function firstPlace(folded: string, words: readonly string[]): number {
  const together = folded.indexOf(words.join(' '));
  if (together >= 0) return together;
  const places = words.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
  return places[0] ?? -1;
}

function turnAt({ turns }: SearchDocument, at: number) {
  let start = 0;
  for (const turn of turns) {
    const end = start + turn.text.length + 1;
    if (at < end) return { turn, at: at - start };
    start = end;
  }
  return null;
}

const beforeCharacters = 30;
const snippetCharacters = 160;

function snippetAt(text: string, at: number, words: readonly string[]): Snippet {
  const from = at <= beforeCharacters ? 0 : wordStart(text, at - beforeCharacters, at);
  const to = Math.min(text.length, from + snippetCharacters);
  // Half of a surrogate pair at an edge is of no use; white space becomes one unit each, so places stay.
  const cut = text.slice(from, to).toWellFormed().replace(/\s/g, ' ');
  const head = from > 0 ? '…' : '';
  const marks = marksIn(fold(cut), words);
  return {
    text: `${head}${cut}${to < text.length ? '…' : ''}`,
    marks: marks.map(([start, end]) => [start + head.length, end + head.length]),
  };
}

function wordStart(text: string, from: number, at: number): number {
  const space = text.slice(from, at).search(/\s/);
  return space < 0 ? from : from + space + 1;
}

/** All places of the words, in order, those that overlap brought together. */
function marksIn(folded: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const places: [number, number][] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      places.push([at, at + word.length]);
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
