/** How a conversation is led: what goes into every prompt of it, besides the turns. */

export interface ConversationSettings {
  /** An instruction that goes with every prompt; empty for none. */
  readonly pinned: string;
}

export const defaultSettings: ConversationSettings = { pinned: '' };

/** Of a stored or imported value, what has the right shape; the default for everything else. */
export function readSettings(value: unknown): ConversationSettings {
  const { pinned } = (value ?? {}) as Partial<Record<keyof ConversationSettings, unknown>>;
  return { pinned: typeof pinned === 'string' ? pinned : defaultSettings.pinned };
}
