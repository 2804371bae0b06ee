/** Which browser the scripts choose, by the environment and the search path. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { missingPackages } from '../../scripts/set-up/browser-packages.mjs';
import { findBrowser } from '../../scripts/set-up/browser-places.mjs';

describe.runIf(process.platform === 'linux')('finding a browser', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'corral-places-'));
    vi.stubEnv('PATH', folder);
    for (const name of ['CHROMIUM', 'FIREFOX', 'WEBKIT_DRIVER']) vi.stubEnv(`CORRAL_${name}`, '');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  function addProgram(name: string): string {
    const file = path.join(folder, name);
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
  }

  it('takes the program on the search path', () => {
    const executablePath = addProgram('firefox-esr');
    expect(findBrowser('firefox')).toEqual({ executablePath, source: 'the system' });
    expect(findBrowser('webkit')).toBeNull();
  });

  it('prefers the program that the environment names', () => {
    addProgram('WebKitWebDriver');
    const executablePath = addProgram('mine');
    vi.stubEnv('CORRAL_WEBKIT_DRIVER', executablePath);
    expect(findBrowser('webkit')).toEqual({ executablePath, source: 'CORRAL_WEBKIT_DRIVER' });
  });

  it('refuses an environment that names no program', () => {
    vi.stubEnv('CORRAL_FIREFOX', path.join(folder, 'nothing'));
    expect(() => findBrowser('firefox')).toThrow(
      'CORRAL_FIREFOX does not name an executable program',
    );
  });

  it('leaves out a browser whose variable says none', () => {
    addProgram('chromium');
    vi.stubEnv('CORRAL_CHROMIUM', 'none');
    expect(findBrowser()).toBeNull();
  });

  it('names the packages of missing programs only', () => {
    expect(missingPackages('webkit')).toEqual(['webkit2gtk-driver', 'xvfb']);
    addProgram('Xvfb');
    expect(missingPackages('webkit')).toEqual(['webkit2gtk-driver']);
    addProgram('WebKitWebDriver');
    expect(missingPackages('webkit')).toEqual([]);
  });
});
