/** The readable part of an HTML page. The page is parsed, never run, and nothing is fetched for it. */
import { parseMarkup } from './markup';
import { TextLines } from './text-lines';

/** Elements whose text is not content of the page. */
const skipped = new Set(
  'script style noscript template svg math iframe object canvas nav aside footer form button select head'.split(
    ' ',
  ),
);
const paragraphs = new Set(
  'p div section article main blockquote ul ol dl table pre figure h1 h2 h3 h4 h5 h6 header hr'.split(
    ' ',
  ),
);
const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** Hidden text could give a model instructions that the reader does not see. Style sheets are not evaluated. */
const isUnseen = ({ style = '', ...attributes }: Readonly<Record<string, string>>) =>
  'hidden' in attributes ||
  attributes['aria-hidden'] === 'true' ||
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d]))/i.test(
    style,
  );

/** A main part that is shorter than this is ignored. */
const minMainCharacters = 200;

export function readHtml(html: string): string {
  const all = new TextLines();
  const main = new TextLines();
  let mainDepth = 0;
  let preDepth = 0;
  /** The number of open elements whose content is skipped. */
  const open: { readonly name: string; readonly isHidden: boolean }[] = [];
  let hiddenDepth = 0;
  const into = (add: (lines: TextLines) => void) => {
    if (hiddenDepth > 0) return;
    add(all);
    if (mainDepth > 0) add(main);
  };
  parseMarkup(html, {
    onopentag(name, attributes) {
      if (name === 'br') into((lines) => lines.newLine());
      if (voids.has(name)) return;
      const isHidden = skipped.has(name) || isUnseen(attributes);
      open.push({ name, isHidden });
      if (isHidden) hiddenDepth += 1;
      if (name === 'main' || name === 'article') mainDepth += 1;
      if (name === 'pre') preDepth += 1;
      const level = /^h[1-6]$/.test(name) ? Number(name[1]) : 0;
      into((lines) => {
        if (paragraphs.has(name)) lines.newParagraph(level > 0 ? `${'#'.repeat(level)} ` : '');
        else if (name === 'li') lines.newLine('- ');
        else if (name === 'tr' || name === 'dt' || name === 'dd') lines.newLine();
        else if (name === 'td' || name === 'th') lines.add(' | ');
      });
    },
    ontext: (text) => into((lines) => (preDepth > 0 ? lines.addLines(text) : lines.add(text))),
    onclosetag(name) {
      if (voids.has(name)) return;
      into((lines) => {
        if (paragraphs.has(name)) lines.newParagraph();
        else if (name === 'li' || name === 'tr') lines.newLine();
      });
      const closed = open.pop();
      if (closed?.isHidden) hiddenDepth -= 1;
      if (name === 'main' || name === 'article') mainDepth -= 1;
      if (name === 'pre') preDepth -= 1;
    },
  });
  const mainText = withoutCellMarks(main);
  return mainText.length >= minMainCharacters ? mainText : withoutCellMarks(all);
}

/** A mark separates cells; the first cell of a row needs none. */
const withoutCellMarks = (lines: TextLines) => lines.toString().replace(/^\| /gm, '');
