/** Wires the prompt snippets; apart from `main.ts`, since they are loaded when they are first asked for. */
import { loadSnippets, saveSnippets } from './storage/snippets';
import { Snippets } from './stores/settings/snippets.svelte';

let made: Promise<Snippets> | null = null;

/** The same ones each time. */
export function makeSnippets(): Promise<Snippets> {
  made ??= make();
  return made;
}

async function make(): Promise<Snippets> {
  const snippets = new Snippets({ load: loadSnippets, save: saveSnippets });
  await snippets.start();
  return snippets;
}
