/** The table of what works in which browser. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaOf, drawTable, sharesOf } from '../../scripts/browser-table/table.mjs';

describe('the table of browsers', () => {
  it('has a part for every spec file', () => {
    const files = ['test/e2e', 'test/webkit']
      .flatMap((folder) => readdirSync(folder))
      .filter((file) => file.endsWith('.spec.ts'));
    expect(files.filter((file) => areaOf(file) === null)).toEqual([]);
  });

  it('counts what passed and what did not, by part and browser', () => {
    const spec = (file: string, ...tests: (readonly [project: string, status: string])[]) => ({
      file,
      tests: tests.map(([projectName, status]) => ({ projectName, status })),
    });
    const report = {
      suites: [
        {
          specs: [
            spec('chat.spec.ts', ['chromium', 'expected'], ['firefox', 'unexpected']),
            spec('chat.spec.ts', ['chromium', 'expected'], ['firefox', 'expected']),
            spec('chat.spec.ts', ['firefox', 'skipped']),
          ],
          suites: [{ specs: [spec('../webkit/offline.spec.ts', ['webkit', 'expected'])] }],
        },
      ],
    };
    const versions = new Map([
      ['chromium', 'Chromium 1'],
      ['firefox', 'Firefox 2'],
      ['webkit', 'WebKitGTK 3'],
    ] as const);
    const table = drawTable(sharesOf(report), versions);
    expect(table).toContain('|  | Chromium 1 | Firefox 2 | WebKitGTK 3 |');
    expect(table).toContain('processor | yes (2) | 1 of 2 | – |');
    expect(table).toContain('outside | – | – | yes (1) |');
  });
});
