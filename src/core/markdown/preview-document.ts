/**
 * Makes a document of an answer's HTML or SVG for a frame without an origin. The frame's policy forbids every request
 * (`previewPolicy`); what no policy covers is removed here: further frames, and the name lookups and connections of a
 * `<link>`. An HTML parser makes a tag only of `<` with the name behind it, so a text without `<link` never becomes
 * such an element.
 */

/** Elements that could look up a name, navigate the frame, or have their own window. */
const refusedTags = 'link|base|meta|iframe|frame|object|embed|applet|portal|fencedframe';
/** XML allows prefixes. */
const refusedTag = `<(?=/?(?:[^\\s<>/=:]*:)?(?:${refusedTags}))`;
/** A page has many of these tags, and shows nothing for them. */
const invisibleTag = /<(?:link|base|meta)[\s/>][^<>]*>?/gi;

/** A character that is white space in HTML and in JavaScript. It neither ends anything nor is shown. */
const breaker = '\ufeff';

const policy = `require-trusted-types-for 'script'; trusted-types default`;

/**
 * Runs before the guest's scripts: removes everything that makes connections outside any policy, and every way to
 * create elements of the refused kinds. Markup from scripts passes the same filter: the frame's policy leads it here.
 * Calls no method that the guest could have replaced.
 */
const guard = `(() => {
  const { apply } = Reflect;
  const { exec } = RegExp.prototype;
  const { slice } = String.prototype;
  const textOf = String;
  const refused = new RegExp(${JSON.stringify(refusedTag)}, 'gi');
  const openEnd = /<[^\\s<>]*$/;
  const find = (pattern, text) => apply(exec, pattern, [text]);
  const clean = (text) => {
    let cleaned = '';
    let from = 0;
    refused.lastIndex = 0;
    for (let found; (found = find(refused, text)) !== null; from = found.index + 1) {
      cleaned += apply(slice, text, [from, found.index + 1]) + '${breaker}';
    }
    return cleaned + apply(slice, text, [from]);
  };
  // A tag may come in two pieces.
  const cleanPiece = (text) => {
    const end = find(openEnd, text)?.index ?? text.length;
    const rest = apply(slice, text, [end + 1]);
    return end === text.length ? text : apply(slice, text, [0, end + 1]) + '${breaker}' + rest;
  };
  trustedTypes.createPolicy('default', {
    createHTML: (text, type, sink) => {
      if (find(/DOMParser|srcdoc|parseHTML/i, sink)) return null;
      return find(/write/i, sink) ? cleanPiece(clean(text)) : clean(text);
    },
    createScript: (text, type, sink) => (find(/location|eval|function/i, sink) ? null : text),
  });
  const guarded = (owner, method, at) => {
    const original = owner[method];
    owner[method] = function (...args) {
      args[at] = textOf(args[at]);
      if (find(/^(?:[^:]*:)?(?:${refusedTags})$/i, args[at])) throw new TypeError('not in a preview');
      return apply(original, this, args);
    };
  };
  guarded(Document.prototype, 'createElement', 0);
  guarded(Document.prototype, 'createElementNS', 1);
  delete DOMImplementation.prototype.createDocument;
  if (globalThis.CustomElementRegistry) delete CustomElementRegistry.prototype.define;
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/^(?:webkit|moz)?RTC|^XSLTProcessor$|^WebTransport/.test(name)) delete globalThis[name];
  }
  document.currentScript.remove();
})();`;

/** Scripts are included only in a browser with Trusted Types. Without them, markup from scripts cannot be filtered. */
export function previewDocument(code: string, { scripts }: { scripts: boolean }): string {
  const cleaned = code
    .replace(invisibleTag, '')
    .replace(new RegExp(refusedTag, 'gi'), `<${breaker}`);
  return [
    '<!doctype html><meta charset="utf-8">',
    // A link would navigate the frame to an error page. With this target it does nothing, since no window may be
    // opened.
    '<base target="_blank">',
    '<meta http-equiv="x-dns-prefetch-control" content="off">',
    `<meta http-equiv="Content-Security-Policy" content="${scripts ? policy : "script-src 'none'"}">`,
    scripts ? `<script>${guard}</script>` : '',
    cleaned,
  ].join('');
}
