/** Which documents of a chat are used in prompts: a visitor can set a document aside, and use it again. */
import type { Conversation, Turn, UserTurn } from '../chat/conversation';
import type { Attachment } from './document';

/** Null if no question of any branch names it. */
export function isDocumentUsed({ turns }: Pick<Conversation, 'turns'>, id: string): boolean | null {
  const named = turns.flatMap(attachmentsOf).find((attachment) => attachment.id === id);
  return named ? !named.unused : null;
}

/** Changes it in every question that names it. */
export function withDocumentUse(
  conversation: Conversation,
  id: string,
  isUsed: boolean,
): Conversation {
  const changed = ({ unused: _unused, ...attachment }: Attachment): Attachment =>
    isUsed ? attachment : { ...attachment, unused: true };
  const turns = conversation.turns.map((turn): Turn => {
    const attachments = attachmentsOf(turn);
    if (!attachments.some((one) => one.id === id)) return turn;
    const next = attachments.map((one) => (one.id === id ? changed(one) : one));
    return { ...(turn as UserTurn), attachments: next };
  });
  return { ...conversation, turns };
}

const attachmentsOf = (turn: Turn): readonly Attachment[] =>
  turn.role === 'user' ? (turn.attachments ?? []) : [];
