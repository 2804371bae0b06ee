/** Which keys do what. */

export const shortcuts = [
  'new-chat',
  'search',
  'focus-message',
  'stop',
  'edit-last',
  'help',
] as const;
export type Shortcut = (typeof shortcuts)[number];

/** The part of a KeyboardEvent that decides. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** While an input method composes a character, every key is its own. */
  readonly isComposing: boolean;
}

export interface Place {
  /** The key goes into a field in which a person writes. */
  readonly isWriting: boolean;
  /** That field is the message's, and empty. */
  readonly isEmptyMessage: boolean;
}

/** As they are shown; Ctrl stands for ⌘ on a Mac. */
export const shortcutKeys: Readonly<Record<Shortcut, readonly string[]>> = {
  'new-chat': ['Ctrl', 'Shift', 'O'],
  search: ['Ctrl', 'K'],
  'focus-message': ['/'],
  stop: ['Esc'],
  'edit-last': ['↑'],
  help: ['?'],
};

/** Null for a key that means nothing here. Browsers keep Ctrl+N and Ctrl+T for themselves. */
export function shortcutOf(key: Key, { isWriting, isEmptyMessage }: Place): Shortcut | null {
  if (key.isComposing || key.altKey) return null;
  const hasCommand = key.ctrlKey || key.metaKey;
  const name = key.key.toLowerCase();
  if (hasCommand && key.shiftKey && name === 'o') return 'new-chat';
  if (hasCommand && !key.shiftKey && name === 'k') return 'search';
  if (hasCommand) return null;
  if (name === 'escape') return 'stop';
  if (name === 'arrowup' && isEmptyMessage) return 'edit-last';
  if (isWriting) return null;
  if (name === '/') return 'focus-message';
  return name === '?' ? 'help' : null;
}
