/** Parses HTML, and the XML of packed formats. Entities of a document's own are not expanded. */
import { Parser } from 'htmlparser2';
import { AppError } from '../../src/protocol/errors';

/** Pages with elements that are never closed have thousands; the parser's time grows with the square of it. */
const maxDepth = 10_000;

export interface MarkupHandler {
  readonly onopentag?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly ontext?: (text: string) => void;
  readonly onclosetag?: (name: string) => void;
}

/** Throws `document-broken` for elements that are nested too deep. */
export function parseMarkup(
  text: string,
  { onopentag, ontext, onclosetag }: MarkupHandler,
  { xmlMode = false } = {},
): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > maxDepth) throw new AppError('document-broken');
        onopentag?.(name, attributes);
      },
      ontext: (piece) => ontext?.(piece),
      onclosetag(name) {
        depth -= 1;
        onclosetag?.(name);
      },
    },
    { xmlMode },
  );
  parser.end(text);
}
