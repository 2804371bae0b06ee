/** The text of an answer for reading aloud, sentence by sentence. Code and formulas are only mentioned. */
import { assertNever } from '../../protocol/errors';
import type { Block, Inline, Row } from '../markdown/nodes';

/** The words that replace content that is not read; an empty text leaves it out. */
export interface SpokenNames {
  readonly code: string;
  readonly formula: string;
  readonly link: string;
}

export interface Sentence {
  readonly text: string;
  /** The paragraph of the sentence, from which the language is easier to detect. */
  readonly paragraph: string;
}

/** Some systems stop in longer texts. */
const maxSentenceCharacters = 250;

/** @param isGrowing Whether more may follow: then the last sentence is not given, since it may not have ended. */
export function sentencesOf(
  blocks: readonly Block[],
  names: SpokenNames,
  isGrowing: boolean,
): readonly Sentence[] {
  const paragraphs = blocks.flatMap((block) => paragraphsOf(block, names)).map(spoken);
  const said = paragraphs.filter((text) => /[\p{L}\p{N}]/u.test(text));
  return said.flatMap((paragraph, at) => {
    const sentences = split(paragraph);
    const isOpen = isGrowing && at === said.length - 1;
    return (isOpen ? sentences.slice(0, -1) : sentences).map((text) => ({ text, paragraph }));
  });
}

function paragraphsOf(block: Block, names: SpokenNames): readonly string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [inlineText(block.children, names)];
    case 'list':
      return block.items.flatMap(({ blocks }, at) => {
        const [first = '', ...rest] = blocks.flatMap((inner) => paragraphsOf(inner, names));
        const number = block.numbers?.[at];
        return [number === undefined ? first : `${number}: ${first}`, ...rest];
      });
    case 'quote':
      return block.blocks.flatMap((inner) => paragraphsOf(inner, names));
    case 'table':
      return [block.head, ...block.rows].map((row) => rowText(row, names));
    case 'code':
      return [names.code];
    case 'formula':
      return [names.formula];
    case 'plain':
      return block.text.split(/\n+/);
    case 'rule':
      return [];
    default:
      return assertNever(block);
  }
}

const rowText = (row: Row, names: SpokenNames) =>
  row.map((cell) => inlineText(cell, names)).join(', ');

function inlineText(nodes: readonly Inline[], names: SpokenNames): string {
  return nodes.map((node) => nodeText(node, names)).join('');
}

function nodeText(node: Inline, names: SpokenNames): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return ' ';
    case 'code':
      // A name is read as it is written.
      return /^[\p{L}\p{N}_ -]{1,40}$/u.test(node.text)
        ? node.text.replaceAll('_', ' ')
        : names.code;
    case 'image':
      return node.alt;
    case 'formula':
      return names.formula;
    case 'strong':
    case 'emphasis':
    case 'strike':
      return inlineText(node.children, names);
    case 'link': {
      const text = inlineText(node.children, names);
      return /^(?:https?:\/\/|www\.)\S+$/.test(text) ? names.link : text;
    }
    default:
      return assertNever(node);
  }
}

/** Without pictures and other visual content. */
const spoken = (text: string) =>
  text
    .replace(/\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\u200d|\ufe0f|[*_~`|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A full stop after these does not end a sentence; nor does one after a single capital. */
const abbreviated =
  /(?:^|[\s(])(?:\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|vs|e\.g|i\.e|Sig|Dott|Avv|ecc|es|pag|art|Hr|Fr|z\.B|Sr|Sra)\.\s*$/u;

function split(paragraph: string): readonly string[] {
  const sentences: string[] = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
    paragraph,
  )) {
    const last = sentences.at(-1);
    if (last !== undefined && abbreviated.test(last)) sentences[sentences.length - 1] += segment;
    else sentences.push(segment);
  }
  return sentences
    .flatMap(inPieces)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** Cuts a long sentence after a comma, or between words. */
function inPieces(sentence: string): readonly string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > maxSentenceCharacters) {
    const start = rest.slice(0, maxSentenceCharacters);
    const comma = Math.max(
      start.lastIndexOf(', '),
      start.lastIndexOf('; '),
      start.lastIndexOf(': '),
    );
    const space = start.lastIndexOf(' ');
    const end = comma > 60 ? comma + 1 : space > 0 ? space : maxSentenceCharacters;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}
