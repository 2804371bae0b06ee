/** Reads a conversation from an imported file, which is untrusted: every value is checked. */
import { AppError } from '../../protocol/errors';
import { type Conversation, endAbandoned, type Turn } from '../chat/conversation';
import { conversationSchema, conversationSchemaVersion } from '../chat/conversation-schema';
import { cleanTags } from '../chat/tags';
import { titleIn } from '../chat/title-text';
import { Mismatch, Reading } from '../schema';

/** A message a minute, day and night, for a month; no page opens a longer chat smoothly. */
export const importLimitTurns = 40_000;

/**
 * `where` is the value's path in the file. Throws `import-damaged`, `import-newer` or `import-chat-too-long`.
 */
export function readImported(value: unknown, where: string): Conversation {
  const { schema, turns } = (value ?? {}) as { schema?: unknown; turns?: unknown };
  if (typeof schema === 'number' && schema > conversationSchemaVersion) {
    throw new AppError('import-newer');
  }
  if (Array.isArray(turns) && turns.length > importLimitTurns) {
    const figures = { messages: turns.length, limitMessages: importLimitTurns };
    throw new AppError('import-chat-too-long', figures);
  }
  try {
    const conversation = conversationSchema.read(value, new Reading(true, where));
    checkTree(conversation.turns, where);
    const { turns, leafId } = conversation;
    if (leafId !== null && !turns.some(({ id }) => id === leafId)) fail(`${where}.leafId`);
    return endAbandoned(withCleanLines(conversation));
  } catch (cause) {
    if (!(cause instanceof Mismatch)) throw cause;
    throw new AppError('import-damaged', { where: cause.where }, { cause });
  }
}

/** What the list draws beside other chats hides nothing, and has the usual length. */
function withCleanLines({ tags, suggestedTitle, ...others }: Conversation): Conversation {
  const title = suggestedTitle === undefined ? null : titleIn(suggestedTitle);
  return {
    ...others,
    ...(tags ? { tags: cleanTags(tags) } : {}),
    ...(title === null ? {} : { suggestedTitle: title }),
  };
}

/** Ids must be unique and each turn must come after its parent: then it is a tree without cycles. */
function checkTree(turns: readonly Turn[], where: string): void {
  const ids = new Set<string>();
  for (const [index, { id, parentId }] of turns.entries()) {
    if (ids.has(id)) fail(`${where}.turns[${index}].id`);
    if (parentId !== null && !ids.has(parentId)) fail(`${where}.turns[${index}].parentId`);
    ids.add(id);
  }
}

function fail(where: string): never {
  throw new Mismatch(where);
}
