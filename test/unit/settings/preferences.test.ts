import { describe, expect, it } from 'vitest';
import { defaultPreferences, readPreferences } from '../../../src/core/settings/preferences';

describe('readPreferences', () => {
  it('reads what was written', () => {
    const written = { theme: 'dark', language: 'it', titles: 'off' };
    expect(readPreferences(written)).toEqual(written);
  });

  it.each([null, 'dark', { theme: 'pink', language: 7 }, []])(
    'takes %j for the defaults',
    (value) => expect(readPreferences(value)).toEqual(defaultPreferences),
  );
});
