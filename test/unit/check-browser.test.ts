import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

it.each(['check-browser.js', 'not-here.js'])('%s can be read by an old browser', (name) => {
  const file = path.resolve(import.meta.dirname, '../../public', name);
  const code = readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*|'[^']*'/g, '');
  expect(code).not.toMatch(/=>|`|\b(?:const|let|class|async|await|of)\b|\?\.|\?\?|\.\.\.|,\s*\)/);
});
