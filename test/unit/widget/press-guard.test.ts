import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PressGuard } from '../../../src/ui/embed/press-guard';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const later = (ms: number) => vi.advanceTimersByTime(ms);
/** At a place in the frame, which itself is so far to the right on the screen. */
const at = (x: number, frameX = 0) =>
  ({ clientX: x, clientY: 10, screenX: x + frameX, screenY: 10 }) as PointerEvent;
const press = { isTrusted: true, detail: 1 } as MouseEvent;
const key = { isTrusted: true, detail: 0 } as MouseEvent;
const seen = { visible: true };

it('takes a press of a pointer that has been there for a while', () => {
  const guard = new PressGuard();
  later(1000);
  guard.moved(at(100));
  later(700);
  expect(guard.judge(press, seen)).toBe('yes');
});

it('takes none of what is hidden, and none that no person made', () => {
  const guard = new PressGuard();
  guard.moved(at(100));
  later(5000);
  expect(guard.judge(press, { visible: false })).toBe('no');
  expect(guard.judge({ ...press, isTrusted: false }, seen)).toBe('no');
});

it('asks again where the frame was moved under the pointer, or the pointer has just come', () => {
  const moved = new PressGuard();
  later(1000);
  moved.moved(at(100));
  later(5000);
  moved.moved(at(100, 300));
  expect(moved.judge(press, seen)).toBe('again');
  const jumped = new PressGuard();
  later(1000);
  jumped.moved(at(300));
  later(5000);
  jumped.moved(at(100));
  expect(jumped.judge(press, seen)).toBe('again');
});

it('takes a second press after a while, but not a double click', () => {
  const guard = new PressGuard();
  expect(guard.judge(press, seen)).toBe('again');
  later(200);
  expect(guard.judge(press, seen)).toBe('again');
  later(500);
  expect(guard.judge(press, seen)).toBe('yes');
});

it('asks again for a key, which a person may have meant for the site', () => {
  const guard = new PressGuard();
  guard.moved(at(100));
  later(1000);
  expect(guard.judge(key, seen)).toBe('again');
  later(700);
  expect(guard.judge(key, seen)).toBe('yes');
});

it('forgets a press once the question was hidden', () => {
  const guard = new PressGuard();
  guard.judge(press, seen);
  later(700);
  guard.seen(false);
  expect(guard.judge(press, seen)).toBe('again');
});
