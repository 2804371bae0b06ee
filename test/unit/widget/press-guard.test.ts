import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PressGuard, quietMs, FrameMoveDetector } from '../../../src/ui/embed/press-guard';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const later = (ms: number) => vi.advanceTimersByTime(ms);
const pointer = { type: 'pointerdown', isTrusted: true };
const key = { type: 'keydown', isTrusted: true, repeat: false };
const click = { isTrusted: true, detail: 1 } as MouseEvent;
const keyClick = { isTrusted: true, detail: 0 } as MouseEvent;
/** At a position in a frame that is this far to the right on the screen, in a page with that zoom. */
const at = (x: number, { frameX = 0, zoom = 1 } = {}) =>
  ({ clientX: x, clientY: 10, screenX: (x + frameX) * zoom, screenY: 10 * zoom }) as PointerEvent;

/** Before a question that is visible and has the focus from now on. */
function asked() {
  const told: boolean[] = [];
  const guard = new PressGuard((ready) => told.push(ready));
  guard.seen(true);
  guard.focused(true);
  const press = (down: typeof pointer | typeof key = pointer, up = click) => {
    guard.pressed(down);
    return guard.accepts(up);
  };
  return { guard, press, told };
}

describe('a press is an answer', () => {
  it('after a second in which the question was seen, had the focus, and nothing was pressed', () => {
    const { press, told } = asked();
    later(quietMs);
    expect(told).toEqual([true]);
    expect(press()).toBe(true);
  });

  it('also if the focus has just moved from one button of the question to the other', () => {
    const { guard, press } = asked();
    later(quietMs);
    guard.focused(true);
    expect(press(key, keyClick)).toBe(true);
  });

  it('of a key as well as of a pointer, and of assistive technology, which moves neither', () => {
    const byKey = asked();
    later(quietMs);
    expect(byKey.press(key, keyClick)).toBe(true);
    const byOther = asked();
    later(quietMs);
    expect(byOther.guard.accepts(keyClick)).toBe(true);
  });
});

describe('a press is no answer', () => {
  it('36 ms after the question came, or at any time within the first second', () => {
    for (const ms of [0, 36, quietMs - 1]) {
      const { press } = asked();
      later(ms);
      expect(press(), String(ms)).toBe(false);
    }
  });

  it('where others came before it, however many: each starts the second anew', () => {
    const { press } = asked();
    for (let count = 0; count < 20; count += 1) {
      later(quietMs - 1);
      expect(press()).toBe(false);
    }
    later(quietMs);
    expect(press()).toBe(true);
  });

  it('where a key was pressed for something else', () => {
    const { guard, press } = asked();
    later(quietMs);
    guard.pressed({ ...key, isTrusted: true });
    later(500);
    expect(press(key, keyClick)).toBe(false);
  });

  it('while a key is held down, however long', () => {
    const { press } = asked();
    for (let ms = 0; ms < 5000; ms += 30) {
      expect(press({ ...key, repeat: true }, keyClick)).toBe(false);
      later(30);
    }
    later(quietMs);
    expect(press({ ...key, repeat: true }, keyClick)).toBe(false);
  });

  it('as the second or a later one of a series', () => {
    const { press } = asked();
    later(quietMs);
    expect(press(pointer, { ...click, detail: 2 } as MouseEvent)).toBe(false);
  });

  it('that a script made', () => {
    const { guard, press } = asked();
    later(quietMs);
    expect(guard.accepts({ ...click, isTrusted: false } as MouseEvent)).toBe(false);
    expect(press({ ...pointer, isTrusted: false })).toBe(false);
  });

  it('of a question that is covered, or was a moment ago', () => {
    const { guard, press } = asked();
    later(quietMs);
    guard.seen(false);
    expect(press()).toBe(false);
    later(5000);
    expect(press()).toBe(false);
    guard.seen(true);
    later(quietMs - 1);
    expect(press()).toBe(false);
  });

  it('of one without the focus, or that has just got it', () => {
    const { guard, press } = asked();
    later(quietMs);
    guard.focused(false);
    expect(press()).toBe(false);
    guard.focused(true);
    later(quietMs - 1);
    expect(press()).toBe(false);
  });

  it('under which the frame was moved', () => {
    const { guard, press } = asked();
    guard.moved(at(100));
    later(quietMs);
    guard.moved(at(40, { frameX: 260 }));
    expect(press()).toBe(false);
  });
});

describe('a frame', () => {
  it('counts as unmoved while a pointer moves in it, also in a zoomed page', () => {
    const detector = new FrameMoveDetector();
    expect([10, 60, 200, 90].map((x) => detector.hasMoved(at(x, { frameX: 300 })))).toEqual(
      [false, false, false, false], // prettier-ignore
    );
    const zoomed = new FrameMoveDetector();
    const moves = [10, 60, 200, 90, 91].map((x) => zoomed.hasMoved(at(x, { zoom: 1.5 })));
    // The pointer's first change could be the frame's movement; the second one shows that it is zoom.
    expect(moves).toEqual([false, true, false, false, false]);
  });

  it('counts as moved if a resting pointer is at another detector in it', () => {
    const detector = new FrameMoveDetector();
    detector.hasMoved(at(100));
    expect(detector.hasMoved(at(150, { frameX: -50 }))).toBe(true);
  });
});
