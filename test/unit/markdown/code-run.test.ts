import { describe, expect, it } from 'vitest';
import { codeAction } from '../../../src/core/markdown/code-action';
import { previewDocument } from '../../../src/core/markdown/preview-document';
import { PrintedText } from '../../../src/core/markdown/printed-text';
import { programResult } from '../../../src/core/markdown/program-result';
import { longestPrinted, type ProgramResult } from '../../../src/protocol/sandbox';
import { CodeRunner } from '../../../src/stores/markdown/code-run.svelte';

const nothing: ProgramResult = {
  value: null,
  png: null,
  error: null,
  isLate: false,
};

describe('what can be done with a code block', () => {
  it.each([
    ['js', 'run'],
    ['python title="x.py"', 'run'],
    ['{.Python}', undefined],
    ['html', 'preview'],
    ['svg', 'preview'],
    ['ts', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s: %s', (info, type) => {
    expect(codeAction(info, '1')?.type).toBe(type);
  });

  it('is nothing if there is none, or too much; a drawing in XML has a preview', () => {
    expect(codeAction('js', ' \n')).toBeNull();
    expect(codeAction('js', 'x'.repeat(100_001))).toBeNull();
    expect(codeAction('xml', '\n<svg viewBox="0 0 1 1"/>')).toEqual({ type: 'preview' });
    expect(codeAction('xml', '<feed/>')).toBeNull();
  });
});

const readResult = (output: unknown) => programResult({ type: 'finished', output });

describe('what a sandbox says', () => {
  it('is cut and checked', () => {
    expect(readResult(null)).toEqual(nothing);
    expect(readResult({ value: {}, error: [], png: '<svg>', isLate: 1 })).toEqual(nothing);
    expect(readResult({ value: 'x'.repeat(30_000) }).value).toHaveLength(longestPrinted);
  });

  it('was printed is cut at the same place on both sides', () => {
    const [worker, page] = [new PrintedText(), new PrintedText()];
    for (const piece of ['x'.repeat(longestPrinted - 1), 'yz', 'more']) {
      page.add(worker.add(piece));
    }
    expect(page).toEqual(worker);
    expect(page).toMatchObject({ text: `${'x'.repeat(longestPrinted - 1)}y`, isCut: true });
  });

  it('was printed is not cut where it just fits', () => {
    const printed = new PrintedText();
    printed.add('x'.repeat(longestPrinted));
    expect(printed.isCut).toBe(false);
    expect(printed.add('')).toBe('');
    expect(printed.isCut).toBe(false);
  });

  it('has a picture only if it is a PNG of a size that can be drawn', () => {
    const png = (width: number) => {
      const bytes = Buffer.alloc(33);
      bytes.writeUInt32BE(0x89504e47, 0);
      bytes.writeUInt32BE(0x0d0a1a0a, 4);
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(10, 20);
      return bytes.toString('base64');
    };
    expect(readResult({ png: png(10) }).png).toBe(png(10));
    expect(readResult({ png: png(60_000) }).png).toBeNull();
    expect(readResult({ png: Buffer.alloc(40).toString('base64') }).png).toBeNull();
  });
});

describe('a preview’s document', () => {
  const html = (code: string) => previewDocument(code, { scripts: false });
  const written = (code: string) => html(code).split('content="script-src \'none\'">')[1];

  it('has no element that a policy does not cover, however it is written', () => {
    for (const code of [
      '<link rel=dns-prefetch href=//x.example>',
      '<LINK\nrel=preconnect href=//x.example>',
      '<li<link >nk rel=preconnect href=//x.example>',
      '<meta http-equiv=refresh content="0;url=//x.example">',
      '<base href=//x.example><svg:iframe src=//x.example>',
      '<iframe srcdoc="<link rel=preconnect>">',
      '<<object data=//x.example>',
      '<embed src=//x.example',
    ]) {
      expect(written(code)).not.toMatch(
        /<\/?(?:[^\s<>/=:]*:)?(?:link|base|meta|i?frame|object|embed)/i,
      );
    }
  });

  it('keeps the rest unchanged', () => {
    const page = '<html lang="it"><body class="a"><p>1 < 2</p><script>if (a<b) x()</script>';
    expect(written(page)).toBe(page);
  });

  it('runs the guard before all scripts, and only if scripts run', () => {
    expect(html('<p>')).not.toContain('<script>');
    const scripted = previewDocument('<script>guest()</script>', { scripts: true });
    expect(scripted.indexOf('createPolicy')).toBeLessThan(scripted.indexOf('guest()'));
    expect(scripted).toContain("require-trusted-types-for 'script'; trusted-types default");
  });
});

describe('a run', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  it('waits for the one before, and says how much of Python is here', async () => {
    const steps: string[] = [];
    let end = (_: ProgramResult) => {};
    const runner = new CodeRunner({
      code: {
        runScript: (script) => {
          steps.push(script);
          return new Promise((resolve) => (end = resolve));
        },
      },
      python: {
        run: async (_program, { onBytes, onPrinted }) => {
          onBytes(40);
          await settle();
          onPrinted('hi');
          return nothing;
        },
      },
      pythonBytes: 100,
    });
    const first = runner.start('javascript', 'first');
    const second = runner.start('python', 'second');
    await settle();
    expect([first.isRunning, second.state.phase]).toEqual([true, 'starting']);
    end(nothing);
    await Promise.resolve().then(() => {});
    await expect.poll(() => first.state.phase).toBe('done');
    await expect.poll(() => second.state.phase).toBe('done');
    expect(second.printed).toBe('hi');
    expect(steps).toEqual(['first']);
  });

  it('that is stopped keeps what it printed, and lets the next one run', async () => {
    const runner = new CodeRunner({
      code: {
        runScript: (script, { signal, onPrinted }) =>
          new Promise((resolve, reject) => {
            if (script === 'next') resolve(nothing);
            else onPrinted('before');
            signal.addEventListener('abort', () => reject(new Error('aborted')));
          }),
      },
      python: { run: async () => nothing },
      pythonBytes: null,
    });
    const endless = runner.start('javascript', 'endless');
    const next = runner.start('javascript', 'next');
    await settle();
    endless.stop();
    expect([endless.state.phase, endless.printed]).toEqual(['stopped', 'before']);
    await expect.poll(() => next.state.phase).toBe('done');
    const python = runner.start('python', 'print(1)');
    await expect.poll(() => python.state).toEqual({ phase: 'failed', problem: 'python-missing' });
  });
});
