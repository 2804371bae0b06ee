/** The dialogs of which at most one is open; the models' dialog has its own state. */
export type DialogName = 'privacy' | 'offline' | 'settings' | 'shortcuts' | 'chat' | 'library';
