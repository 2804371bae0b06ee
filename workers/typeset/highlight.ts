/** Highlights code with highlight.js, which loads with the first code. */
import type { CodeLanguage } from '../../src/core/markdown/code-languages';
import type { Span } from '../../src/protocol/typeset';
import { grammars } from './languages';

/** Null for an unknown language. */
export async function highlight(language: string, code: string): Promise<readonly Span[] | null> {
  if (!Object.hasOwn(grammars, language)) return null;
  const { default: highlighter } = await import('highlight.js/lib/core');
  const { load, needs = [] } = grammars[language as CodeLanguage];
  for (const inner of needs) {
    if (!highlighter.getLanguage(inner)) {
      highlighter.registerLanguage(inner, (await grammars[inner].load()).default);
    }
  }
  if (!highlighter.getLanguage(language)) {
    highlighter.registerLanguage(language, (await load()).default);
  }
  const { value } = highlighter.highlight(code, { language, ignoreIllegals: true });
  return spansOf(value);
}

const token = /<span class="([^"]*)">|<\/span>|&(amp|lt|gt|quot|#x27);|[^<&]+/g;

/**
 * highlight.js returns HTML with only nested spans and five character references. It is converted to lengths, so that
 * no HTML reaches the page.
 */
function spansOf(html: string): readonly Span[] {
  const spans: [number, string][] = [];
  const scopes: string[] = [];
  const add = (length: number) => {
    const scope = scopes.at(-1) ?? '';
    const last = spans.at(-1);
    if (last?.[1] === scope) last[0] += length;
    else spans.push([length, scope]);
  };
  for (const [whole, className, reference] of html.matchAll(token)) {
    if (className !== undefined) {
      // `hljs-title function_`: the first class is the scope. A wrapper of another language has none.
      const [name = ''] = className.split(' ');
      scopes.push(name.startsWith('hljs-') ? name.slice('hljs-'.length) : '');
    } else if (whole === '</span>') scopes.pop();
    else add(reference === undefined ? whole.length : 1);
  }
  return spans;
}
