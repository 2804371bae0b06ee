/** Prompt snippets: texts that the visitor uses again, with variables that are filled in when one is chosen. */
import { AppError } from '../../protocol/errors';
import { presetLimits, presetName } from './presets';

export interface PromptSnippet {
  readonly name: string;
  readonly text: string;
}

export const snippetVariables = ['clipboard', 'date', 'selection'] as const;
export type SnippetVariable = (typeof snippetVariables)[number];

const variable = /\{\{ ?(clipboard|date|selection) ?\}\}/g;

export const variablesIn = (text: string): ReadonlySet<SnippetVariable> =>
  new Set([...text.matchAll(variable)].map(([, name]) => name as SnippetVariable));

/** Where the value of its first place begins in the text that is filled; null where it has none. */
export function placeOf(
  wanted: SnippetVariable,
  text: string,
  values: Readonly<Partial<Record<SnippetVariable, string>>>,
): number | null {
  const first = [...text.matchAll(variable)].find(([, name]) => name === wanted);
  return first ? filled(text.slice(0, first.index), values).length : null;
}

/** What is filled in is not searched for variables again. */
export function filled(
  text: string,
  values: Readonly<Partial<Record<SnippetVariable, string>>>,
): string {
  return text.replace(variable, (_, name: SnippetVariable) => values[name] ?? '');
}

/** A text that is stored; null for none. */
export function snippetText(typed: string): string | null {
  const text = typed.toWellFormed().slice(0, presetLimits.textLength);
  return text.trim() === '' ? null : text;
}

/** Reads a list from storage or a file. Throws `presets-unreadable` with the place. */
export function readSnippets(list: unknown): readonly PromptSnippet[] {
  if (!Array.isArray(list) || list.length > presetLimits.count) throw unreadable('snippets');
  return list.map((value: unknown, at) => {
    const { name, text } = (value ?? {}) as Partial<Record<keyof PromptSnippet, unknown>>;
    const cleanName = typeof name === 'string' ? presetName(name) : '';
    if (cleanName === '') throw unreadable(`snippets[${at}].name`);
    if (typeof text !== 'string' || text.length > presetLimits.textLength || !text.trim()) {
      throw unreadable(`snippets[${at}].text`);
    }
    return { name: cleanName, text: text.toWellFormed() };
  });
}

/** Adds those that are not there yet; a name that is taken by another text gets a number. */
export function withImportedSnippets(
  snippets: readonly PromptSnippet[],
  imported: readonly PromptSnippet[],
): readonly PromptSnippet[] {
  const all = [...snippets];
  for (const { name, text } of imported) {
    if (all.some((one) => one.text === text && one.name === name)) continue;
    let free = name;
    for (let count = 2; all.some((one) => one.name === free); count += 1) {
      free = presetName(`${name.slice(0, presetLimits.nameLength - 6)} (${count})`);
    }
    all.push({ name: free, text });
  }
  return all;
}

const unreadable = (place: string) => new AppError('presets-unreadable', { place });
