/** The actions for a code block besides copying it. */
import { writtenLanguage } from './code-languages';

export type CodeAction =
  | { readonly type: 'run'; readonly language: 'javascript' | 'python' }
  | { readonly type: 'preview' };

const actions: Readonly<Record<string, CodeAction>> = {
  html: { type: 'preview' },
  svg: { type: 'preview' },
  xhtml: { type: 'preview' },
  cjs: { type: 'run', language: 'javascript' },
  javascript: { type: 'run', language: 'javascript' },
  js: { type: 'run', language: 'javascript' },
  mjs: { type: 'run', language: 'javascript' },
  node: { type: 'run', language: 'javascript' },
  py: { type: 'run', language: 'python' },
  py3: { type: 'run', language: 'python' },
  python: { type: 'run', language: 'python' },
  python3: { type: 'run', language: 'python' },
};

/** Longer code is only shown. */
const longestCode = 100_000;

/** @param info The info string of the block's fence. */
export function codeAction(info: string, code: string): CodeAction | null {
  if (code.length > longestCode || code.trim() === '') return null;
  const name = writtenLanguage(info).toLowerCase();
  if (Object.hasOwn(actions, name)) return actions[name]!;
  return name === 'xml' && /^\s*<svg[\s>]/.test(code) ? { type: 'preview' } : null;
}
