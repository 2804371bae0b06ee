import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileName, saveFile } from '../../src/ui/parts/save-file';

describe('the date in a file’s name', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each([
    ['America/Los_Angeles', '2026-11-28T23:30:00-08:00', '2026-11-28'],
    ['Pacific/Honolulu', '2026-12-31T23:30:00-10:00', '2026-12-31'],
    ['Pacific/Kiritimati', '2026-11-29T00:30:00+14:00', '2026-11-29'],
    ['UTC', '2026-02-28T23:59:59Z', '2026-02-28'],
  ])('is the visitor’s day in %s', (place, moment, day) => {
    process.env['TZ'] = place;
    expect(fileName('A chat', Date.parse(moment), 'json')).toBe(`A-chat-${day}.json`);
  });
});

describe('a saved file', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('frees its memory a minute later', () => {
    const link = { click: vi.fn(), href: '', download: '' };
    vi.stubGlobal('document', { createElement: () => link });
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    const revoke = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
    saveFile(new Blob(['{}']), 'presets.json');
    expect(link).toMatchObject({ href: 'blob:x', download: 'presets.json' });
    expect(link.click).toHaveBeenCalledOnce();
    expect(revoke).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(revoke).toHaveBeenCalledExactlyOnceWith('blob:x');
  });

  // Presets too: `OwnPresets` saves them with it.
  it('is the app’s only use of object URLs', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
    const makers = files.filter(
      (name) =>
        /\.(ts|svelte)$/.test(name) &&
        readFileSync(`src/${name}`, 'utf8').includes('createObjectURL'),
    );
    expect(makers).toEqual(['ui/parts/save-file.ts']);
  });
});
