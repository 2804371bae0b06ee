/** The address of a conversation in the page's URL fragment: `/chat/id`, or `/chat/id/turn`. */

export interface ChatAddress {
  readonly id: string;
  readonly turnId: string | null;
}

export function chatAddress(id: string, turnId: string | null = null): string {
  return `#/chat/${id}${turnId === null ? '' : `/${turnId}`}`;
}

/** Null if the fragment names no conversation. */
export function readChatAddress(hash: string): ChatAddress | null {
  const [, id, turnId = null] = /^#\/chat\/([\w-]{1,64})(?:\/([\w-]{1,64}))?$/.exec(hash) ?? [];
  return id === undefined ? null : { id, turnId };
}
