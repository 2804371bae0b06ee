/** The grammar of each language: a separate chunk that loads when it is needed. */
import type { LanguageFn } from 'highlight.js';
import type { CodeLanguage } from '../../src/core/markdown/code-languages';

interface Grammar {
  readonly load: () => Promise<{ default: LanguageFn }>;
  /** Languages that can be embedded in this one. */
  readonly needs?: readonly CodeLanguage[];
}

export const grammars: Readonly<Record<CodeLanguage, Grammar>> = {
  bash: { load: () => import('highlight.js/lib/languages/bash') },
  c: { load: () => import('highlight.js/lib/languages/c') },
  cpp: { load: () => import('highlight.js/lib/languages/cpp') },
  csharp: { load: () => import('highlight.js/lib/languages/csharp') },
  css: { load: () => import('highlight.js/lib/languages/css') },
  dart: { load: () => import('highlight.js/lib/languages/dart') },
  diff: { load: () => import('highlight.js/lib/languages/diff') },
  dockerfile: { load: () => import('highlight.js/lib/languages/dockerfile') },
  go: { load: () => import('highlight.js/lib/languages/go') },
  haskell: { load: () => import('highlight.js/lib/languages/haskell') },
  ini: { load: () => import('highlight.js/lib/languages/ini') },
  java: { load: () => import('highlight.js/lib/languages/java') },
  javascript: { load: () => import('highlight.js/lib/languages/javascript') },
  json: { load: () => import('highlight.js/lib/languages/json') },
  kotlin: { load: () => import('highlight.js/lib/languages/kotlin') },
  latex: { load: () => import('highlight.js/lib/languages/latex') },
  lua: { load: () => import('highlight.js/lib/languages/lua') },
  makefile: { load: () => import('highlight.js/lib/languages/makefile') },
  markdown: {
    load: () => import('highlight.js/lib/languages/markdown'),
    needs: ['xml'],
  },
  perl: { load: () => import('highlight.js/lib/languages/perl') },
  php: { load: () => import('highlight.js/lib/languages/php') },
  powershell: { load: () => import('highlight.js/lib/languages/powershell') },
  python: { load: () => import('highlight.js/lib/languages/python') },
  r: { load: () => import('highlight.js/lib/languages/r') },
  ruby: { load: () => import('highlight.js/lib/languages/ruby') },
  rust: { load: () => import('highlight.js/lib/languages/rust') },
  scala: { load: () => import('highlight.js/lib/languages/scala') },
  scss: { load: () => import('highlight.js/lib/languages/scss') },
  sql: { load: () => import('highlight.js/lib/languages/sql') },
  swift: { load: () => import('highlight.js/lib/languages/swift') },
  typescript: { load: () => import('highlight.js/lib/languages/typescript') },
  xml: {
    load: () => import('highlight.js/lib/languages/xml'),
    needs: ['css', 'javascript'],
  },
  yaml: { load: () => import('highlight.js/lib/languages/yaml') },
};
