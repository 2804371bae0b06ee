/** Splits code into chunks of a few lines; while a block grows, only its last chunk changes. */
import type { Span } from '../../protocol/typeset';

export interface CodeRun {
  readonly text: string;
  /** One of `codeScopes`; null for plain text. */
  readonly scope: CodeScope | null;
}

export interface CodeChunk {
  readonly text: string;
  readonly runs: readonly CodeRun[];
}

const chunkLines = 12;

/** Maps the highlighter's many scopes, by their first word, to the few that have colours. */
const scopes = {
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  keyword: 'keyword',
  literal: 'keyword',
  operator: 'keyword',
  'selector-tag': 'keyword',
  tag: 'name',
  name: 'name',
  string: 'string',
  regexp: 'string',
  char: 'string',
  addition: 'string',
  code: 'string',
  number: 'number',
  symbol: 'number',
  bullet: 'number',
  link: 'number',
  title: 'title',
  section: 'title',
  'selector-id': 'title',
  'selector-class': 'title',
  built_in: 'type',
  type: 'type',
  attr: 'attribute',
  attribute: 'attribute',
  property: 'attribute',
  variable: 'attribute',
  params: 'attribute',
  'template-variable': 'attribute',
  meta: 'meta',
  deletion: 'deletion',
} as const;

export type CodeScope = (typeof scopes)[keyof typeof scopes];

/**
 * @param spans For the beginning of `code`, as far as the highlighter has come; null if there are none yet.
 * @param before The chunks of the same code when it was shorter; unchanged ones stay the same objects.
 */
export function codeChunks(
  code: string,
  spans: readonly Span[] | null,
  before: readonly CodeChunk[] = [],
): readonly CodeChunk[] {
  const reader = new SpanReader(spans ?? []);
  return chunkTexts(code).map((text, index) => {
    const runs = reader.take(text);
    const known = before[index];
    return known && isSame(known, text, runs) ? known : { text, runs };
  });
}

function chunkTexts(code: string): readonly string[] {
  const texts: string[] = [];
  let from = 0;
  let lines = 0;
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) {
    if (++lines % chunkLines !== 0) continue;
    texts.push(code.slice(from, at + 1));
    from = at + 1;
  }
  if (from < code.length) texts.push(code.slice(from));
  return texts;
}

class SpanReader {
  readonly #spans: readonly Span[];
  #index = 0;
  /** Characters of the current span that are used up. */
  #taken = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  take(text: string): readonly CodeRun[] {
    const runs: CodeRun[] = [];
    let at = 0;
    while (at < text.length) {
      const span = this.#spans[this.#index];
      if (!span) {
        append(runs, text.slice(at), null);
        break;
      }
      const length = Math.min(span[0] - this.#taken, text.length - at);
      append(runs, text.slice(at, at + length), scopeOf(span[1]));
      at += length;
      this.#taken += length;
      if (this.#taken >= span[0]) {
        this.#index++;
        this.#taken = 0;
      }
    }
    return runs;
  }
}

function append(runs: CodeRun[], text: string, scope: CodeScope | null): void {
  const last = runs.at(-1);
  if (last?.scope === scope) runs[runs.length - 1] = { text: last.text + text, scope };
  else if (text !== '') runs.push({ text, scope });
}

function scopeOf(scope: string): CodeScope | null {
  const name = scope.split('.', 1)[0] ?? '';
  return Object.hasOwn(scopes, name) ? scopes[name as keyof typeof scopes] : null;
}

function isSame(known: CodeChunk, text: string, runs: readonly CodeRun[]): boolean {
  return (
    known.text === text &&
    known.runs.length === runs.length &&
    known.runs.every((run, at) => run.scope === runs[at]?.scope && run.text === runs[at].text)
  );
}
