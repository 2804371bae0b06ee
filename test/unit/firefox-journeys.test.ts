import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { firefoxJourneys } from '../e2e/firefox-journeys';

/** The titles in a spec's text; any text may stand for a `${…}`. */
function titlesIn(spec: string): RegExp[] {
  return [...spec.matchAll(/\b(?:coldT|loadedT|criaT|t)est\(\s*(['`])(.+?)\1,/gs)].map(
    ([, , title = '']) => {
      const parts = title.split(/\$\{[^}]*\}/);
      return new RegExp(`^${parts.map((part) => part.replaceAll(/\W/g, '\\$&')).join('.*')}$`);
    },
  );
}

it('runs in Firefox only tests that are there', async () => {
  for (const [file, titles] of Object.entries(firefoxJourneys)) {
    const known = titlesIn(await readFile(new URL(`../e2e/${file}`, import.meta.url), 'utf8'));
    const missing = titles.filter((title) => !known.some((one) => one.test(title)));
    expect(missing, file).toEqual([]);
  }
});
