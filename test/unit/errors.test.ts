import { describe, expect, it } from 'vitest';
import { errorActions } from '../../src/core/error-actions';
import { enLazy } from '../../src/i18n/en/lazy';
import { itLazy } from '../../src/i18n/it/lazy';
import { AppError, errorCodes, fromWire, toWire } from '../../src/protocol/errors';

describe('AppError', () => {
  it.each(errorCodes)('keeps the code %s over the wire', (code) => {
    const error = new AppError(code, { needBytes: 1 }, { cause: new Error('why') });
    const back = fromWire(structuredClone(toWire(error)));
    expect(back.code).toBe(code);
    expect(back.data).toEqual({ needBytes: 1 });
    expect(back.message).toContain('why');
    expect(AppError.isInstance(back)).toBe(true);
  });

  it('reads an AbortError as aborted', () => {
    expect(AppError.from(new DOMException('', 'AbortError'), 'engine-failed').code).toBe('aborted');
  });

  it('keeps an AppError unchanged', () => {
    const error = new AppError('offline');
    expect(AppError.from(error, 'unknown')).toBe(error);
  });
});

describe('every error', () => {
  it.each(errorCodes)('%s has words and a way out in each language', (code) => {
    for (const errors of [enLazy.errors, itLazy.errors]) {
      const { title, next } = errors[code]({});
      expect(title).toMatch(/\S/);
      expect(next).toMatch(/\S/);
      expect(`${title} ${next}`).not.toContain('undefined');
    }
    expect(errorActions[code].length).toBeGreaterThan(0);
  });
});
