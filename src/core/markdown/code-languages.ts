/** The programming languages that are highlighted, and their names. */

const languages = {
  bash: { name: 'Bash', aliases: ['sh', 'shell', 'zsh', 'console', 'terminal', 'shellsession'] },
  c: { name: 'C', aliases: ['h'] },
  cpp: { name: 'C++', aliases: ['c++', 'cc', 'hpp', 'cxx'] },
  csharp: { name: 'C#', aliases: ['c#', 'cs'] },
  css: { name: 'CSS', aliases: [] },
  dart: { name: 'Dart', aliases: [] },
  diff: { name: 'Diff', aliases: ['patch'] },
  dockerfile: { name: 'Dockerfile', aliases: ['docker'] },
  go: { name: 'Go', aliases: ['golang'] },
  haskell: { name: 'Haskell', aliases: ['hs'] },
  ini: { name: 'INI', aliases: ['toml', 'conf', 'properties'] },
  java: { name: 'Java', aliases: [] },
  javascript: { name: 'JavaScript', aliases: ['js', 'jsx', 'mjs', 'cjs', 'node'] },
  json: { name: 'JSON', aliases: ['json5', 'jsonc'] },
  kotlin: { name: 'Kotlin', aliases: ['kt'] },
  latex: { name: 'LaTeX', aliases: ['tex'] },
  lua: { name: 'Lua', aliases: [] },
  makefile: { name: 'Makefile', aliases: ['make', 'mk'] },
  markdown: { name: 'Markdown', aliases: ['md'] },
  perl: { name: 'Perl', aliases: ['pl'] },
  php: { name: 'PHP', aliases: [] },
  powershell: { name: 'PowerShell', aliases: ['ps1', 'pwsh'] },
  python: { name: 'Python', aliases: ['py', 'python3', 'py3'] },
  r: { name: 'R', aliases: [] },
  ruby: { name: 'Ruby', aliases: ['rb'] },
  rust: { name: 'Rust', aliases: ['rs'] },
  scala: { name: 'Scala', aliases: [] },
  scss: { name: 'SCSS', aliases: ['sass'] },
  sql: { name: 'SQL', aliases: ['mysql', 'postgresql', 'sqlite', 'psql'] },
  swift: { name: 'Swift', aliases: [] },
  typescript: { name: 'TypeScript', aliases: ['ts', 'tsx', 'mts', 'cts'] },
  xml: { name: 'XML', aliases: ['html', 'xhtml', 'svg', 'vue', 'svelte'] },
  yaml: { name: 'YAML', aliases: ['yml'] },
} as const;

export type CodeLanguage = keyof typeof languages;

export interface CodeLabel {
  /** Null if the language is not highlighted. */
  readonly language: CodeLanguage | null;
  /** The shown name; empty if the fence names none. */
  readonly name: string;
}

const byName = new Map<string, CodeLanguage>();
for (const [id, { aliases }] of Object.entries(languages)) {
  for (const name of [id, ...aliases]) byName.set(name, id as CodeLanguage);
}

/** Where one highlighter serves several languages, the written name is better. */
const ownNames: ReadonlyMap<string, string> = new Map([
  ['html', 'HTML'],
  ['svg', 'SVG'],
  ['toml', 'TOML'],
  ['shell', 'Shell'],
  ['sh', 'Shell'],
  ['jsx', 'JSX'],
  ['tsx', 'TSX'],
]);

/** Longer names are cut: the info string may hold anything. */
const maxNameCharacters = 30;

/**
 * The language's name as it is written.
 * @param info The info string: the text after a fence's opening marks.
 */
export function writtenLanguage(info: string): string {
  const [word = ''] = /^[^\s{,:]+/.exec(info.trim()) ?? [];
  return word.replace(/^\.|[^\p{L}\p{N}+#_.-]/gu, '').slice(0, maxNameCharacters);
}

/** @param info The info string. */
export function codeLabel(info: string): CodeLabel {
  const written = writtenLanguage(info);
  const language = byName.get(written.toLowerCase()) ?? null;
  const own = ownNames.get(written.toLowerCase());
  return { language, name: own ?? (language ? languages[language].name : written) };
}
