/** The dialogs of which at most one is open; that of the models has a switch of its own. */
export type DialogName = 'privacy' | 'offline' | 'settings' | 'shortcuts' | 'chat';
