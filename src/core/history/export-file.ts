/** The file of exported conversations (docs/conversation-format.md) and its strict reader. */
import { AppError } from '../../protocol/errors';
import { type Conversation, endAbandoned } from '../chat/conversation';
import { readImported } from './imported-conversation';

const format = 'corral-conversations';
const version = 1;

/** Ten times a year of long chats; a larger file could exhaust a browser's memory. */
export const importLimitBytes = 100_000_000;

export interface ExportFacts {
  readonly exportedMs: number;
  readonly notices: readonly string[];
}

/** The text of the file, in pieces. Answers that are being written are exported as unfinished. */
export function exportPieces(
  conversations: readonly Conversation[],
  { exportedMs, notices }: ExportFacts,
): readonly string[] {
  const exportedAt = new Date(exportedMs).toISOString();
  const head = JSON.stringify({ format, version, exportedAt, notices }).slice(0, -1);
  const body = conversations.map(
    (conversation, index) =>
      `${index === 0 ? '' : ','}\n${JSON.stringify(endAbandoned(conversation))}`,
  );
  return [head, ',"conversations":[', ...body, '\n]}\n'];
}

/**
 * The conversations of a file's text. Throws `import-foreign` if Corral did not write the file, `import-newer`
 * if a later version did, `import-chat-too-long`, and `import-damaged` (`where` names the place) for all other
 * errors.
 */
export function readExportFile(text: string): readonly Conversation[] {
  const file = parse(text);
  if (file['format'] !== format) throw new AppError('import-foreign');
  if (typeof file['version'] !== 'number') throw damaged('version');
  if (file['version'] > version) throw new AppError('import-newer');
  const list = file['conversations'];
  if (!Array.isArray(list)) throw damaged('conversations');
  const ids = new Set<string>();
  return list.map((value: unknown, index) => {
    const conversation = readImported(value, `conversations[${index}]`);
    if (ids.has(conversation.id)) throw damaged(`conversations[${index}].id`);
    ids.add(conversation.id);
    return conversation;
  });
}

const damaged = (where: string) => new AppError('import-damaged', { where });

/** A truncated file is still recognised by its beginning. */
const headCharacters = 100;

/** The format has five or six levels; this is far below what a browser can clone or compare. */
const maxNesting = 100;

/** The depth of nested objects and lists. */
function nesting(json: string): number {
  let [deepest, depth, isText] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isText && code === backslash) at++;
    else if (code === quote) isText = !isText;
    else if (isText) continue;
    else if (code === brace || code === bracket) deepest = Math.max(deepest, ++depth);
    else if (code === brace + 2 || code === bracket + 2) depth--;
  }
  return deepest;
}

const [quote, backslash, brace, bracket] = [0x22, 0x5c, 0x7b, 0x5b];

function parse(text: string): Readonly<Record<string, unknown>> {
  if (nesting(text) > maxNesting) throw new AppError('import-foreign');
  try {
    const file: unknown = JSON.parse(text);
    return typeof file === 'object' && file !== null ? (file as Record<string, unknown>) : {};
  } catch (cause) {
    const isOurs = text.slice(0, headCharacters).includes(`"${format}"`);
    throw new AppError(isOurs ? 'import-damaged' : 'import-foreign', {}, { cause });
  }
}
