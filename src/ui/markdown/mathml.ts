/**
 * Rebuilds MathML from a model's text as elements. The text is parsed into a document in which nothing loads or
 * runs, and only what is listed here is created again for the page: no link, image or style, and no HTML or SVG
 * inside.
 */

import { trustedMarkup } from '../../core/trusted-markup';

const namespace = 'http://www.w3.org/1998/Math/MathML';

const elements: ReadonlySet<string> = new Set(
  `math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup
  msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd`.split(/\s+/),
);

/** Words, and lengths of up to two digits: no formula may be larger than the page. */
const value = /^(?:[a-z-]{1,20}|-?\d{0,2}(?:\.\d{1,6})?(?:em|ex|px|pt|mu|%)?)$/;
const attributes: ReadonlySet<string> = new Set(
  `display displaystyle scriptlevel stretchy fence form separator symmetric largeop movablelimits
  lspace rspace minsize maxsize accent accentunder linethickness width height depth voffset
  mathvariant columnspan rowspan`.split(/\s+/),
);
const classes: ReadonlySet<string> = new Set(['tml-left', 'tml-right']);

const deepest = 100;

/** null if the text is not MathML. */
export function mathElement(xml: string): Element | null {
  const text = trustedMarkup('corral-mathml', xml);
  const { documentElement } = new DOMParser().parseFromString(text, 'application/xml');
  if (documentElement.localName !== 'math' || documentElement.namespaceURI !== namespace)
    return null;
  return copy(documentElement, 0);
}

function copy(source: Element, depth: number): Element {
  const element = document.createElementNS(namespace, source.localName);
  for (const { name, value: text } of source.attributes) {
    if (attributes.has(name) && value.test(text)) element.setAttribute(name, text);
  }
  for (const name of source.classList) if (classes.has(name)) element.classList.add(name);
  copyChildren(source, element, depth);
  return element;
}

function copyChildren(source: Element, into: Element, depth: number): void {
  if (depth > deepest) {
    into.append(source.textContent);
    return;
  }
  for (const child of source.childNodes) {
    if (child instanceof Text) into.append(child.data);
    else if (child instanceof Element) {
      const isKnown = child.namespaceURI === namespace && elements.has(child.localName);
      if (isKnown) into.append(copy(child, depth + 1));
      else copyChildren(child, into, depth + 1);
    }
  }
}
