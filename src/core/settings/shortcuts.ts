/** The keyboard shortcuts. */

export const shortcuts = [
  'new-chat',
  'search',
  'focus-message',
  'stop',
  'edit-last',
  'help',
] as const;
export type Shortcut = (typeof shortcuts)[number];

/** The fields of a KeyboardEvent that matter. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** While an input method composes text, no key is a shortcut. */
  readonly isComposing: boolean;
}

export interface FocusState {
  /** The focus is in a text field. */
  readonly isWriting: boolean;
  /** That field is the message field, and it is empty. */
  readonly isEmptyMessage: boolean;
}

/** As shown; Ctrl stands for ⌘ on a Mac. */
export const shortcutKeys: Readonly<Record<Shortcut, readonly string[]>> = {
  'new-chat': ['Ctrl', 'Shift', 'O'],
  search: ['Ctrl', 'K'],
  'focus-message': ['/'],
  stop: ['Esc'],
  'edit-last': ['↑'],
  help: ['?'],
};

/** Null if the key is not a shortcut. Browsers reserve Ctrl+N and Ctrl+T. */
export function shortcutOf(key: Key, { isWriting, isEmptyMessage }: FocusState): Shortcut | null {
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
