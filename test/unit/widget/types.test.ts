// The types that the build ships as `widget.d.ts`, checked by TypeScript as other sites' developers use them.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const fixtures = path.join(root, 'test/fixtures/host-types');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'corral-types-'));
  copyFileSync(path.join(root, 'src/widget/public.ts'), path.join(folder, 'widget.d.ts'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A site's own compiler finds no error, even in its strictest mode. */
function faultsOf(...names: string[]): string[] {
  const files = names.map((name) => path.join(fixtures, name));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
    paths: { 'https://corral.example/widget.js': [path.join(folder, 'widget.d.ts')] },
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file }) =>
      [file?.fileName, ts.flattenDiagnosticMessageText(messageText, '\n')].join(': '),
    );
}

it(
  'take a site in plain TypeScript and one in React, and find their mistakes',
  () => expect(faultsOf('plain.ts', 'react.tsx')).toEqual([]),
  60_000,
);
