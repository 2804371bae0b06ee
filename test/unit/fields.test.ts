import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => ({ name, text: readFileSync(`src/${name}`, 'utf8') }));

it('keeps typed text out of the browser’s form history', () => {
  const fields = files.flatMap(({ name, text }) =>
    [...text.matchAll(/<input\b[^>]*type="(?:text|search)"[^>]*/g)].map(([field]) => ({
      name,
      field,
    })),
  );
  expect(fields.length).toBeGreaterThan(5);
  for (const { name, field } of fields) expect(field, name).toContain('autocomplete="off"');
});

it.each(['index.html', 'embed.html'])('sends nothing that is typed in %s to a service', (page) => {
  const [root = ''] = /<html[^>]*>/.exec(readFileSync(page, 'utf8')) ?? [];
  for (const asks of ['translate="no"', 'spellcheck="false"', 'writingsuggestions="false"']) {
    expect(root).toContain(asks);
  }
});
