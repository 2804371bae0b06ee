import { describe, expect, it } from 'vitest';
import { type Key, shortcutOf } from '../../../src/core/settings/shortcuts';

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const reading = { isWriting: false, isEmptyMessage: false };
const writing = { isWriting: true, isEmptyMessage: false };
const emptyMessage = { isWriting: true, isEmptyMessage: true };

describe('shortcutOf', () => {
  it('takes Ctrl on a PC and ⌘ on a Mac', () => {
    expect(shortcutOf(key('k', { ctrlKey: true }), writing)).toBe('search');
    expect(shortcutOf(key('k', { metaKey: true }), writing)).toBe('search');
    expect(shortcutOf(key('O', { ctrlKey: true, shiftKey: true }), writing)).toBe('new-chat');
  });

  it('ignores single keys while the visitor writes', () => {
    expect(shortcutOf(key('/'), reading)).toBe('focus-message');
    expect(shortcutOf(key('/'), writing)).toBeNull();
    expect(shortcutOf(key('?', { shiftKey: true }), reading)).toBe('help');
    expect(shortcutOf(key('?', { shiftKey: true }), emptyMessage)).toBeNull();
  });

  it('stops an answer from anywhere', () => {
    expect(shortcutOf(key('Escape'), reading)).toBe('stop');
    expect(shortcutOf(key('Escape'), writing)).toBe('stop');
  });

  it('goes back to the last question only from an empty message', () => {
    expect(shortcutOf(key('ArrowUp'), emptyMessage)).toBe('edit-last');
    expect(shortcutOf(key('ArrowUp'), writing)).toBeNull();
    expect(shortcutOf(key('ArrowUp'), reading)).toBeNull();
  });

  it('leaves every key to an input method that composes a character', () => {
    expect(shortcutOf(key('Escape', { isComposing: true }), writing)).toBeNull();
  });

  it('leaves other combinations to the browser', () => {
    expect(shortcutOf(key('k', { ctrlKey: true, altKey: true }), reading)).toBeNull();
    expect(shortcutOf(key('/', { ctrlKey: true }), reading)).toBeNull();
  });
});
