/** Exports of llama.cpp's web UI: `{ conv, messages }`, a list of these, or lines of JSON. */
import { fieldsOf, type Fields, has, idOf, isFields, listOf, textOf, timeOf } from './json-fields';
import {
  countFile,
  type ImportFormat,
  inSequence,
  type SourceAttachment,
  type SourceMessage,
  type LeftOut,
} from './source-chat';

export const llamaCpp: ImportFormat = {
  source: 'llama-cpp',
  isChat: (value) => isFields(value['conv']) && Array.isArray(value['messages']),
  read(chat, leftOut) {
    const conv = fieldsOf(chat, 'conv');
    const list = listOf(chat, 'messages');
    const messages = list.map((message) => readMessage(message, leftOut));
    const hasParents = list.some((message) => has(message, 'parent'));
    const times = messages.map(({ atMs }) => atMs).filter((atMs) => atMs > 0);
    return {
      id: idOf(conv, 'id'),
      title: textOf(conv, 'name'),
      createdMs: times.length > 0 ? least(times) : timeOf(conv, 'lastModified'),
      messages: hasParents ? messages : inSequence(messages),
      leafId: idOf(conv, 'currNode'),
    };
  },
};

const least = (times: readonly number[]) => times.reduce((a, b) => Math.min(a, b));

function readMessage(message: unknown, leftOut: LeftOut): SourceMessage {
  const said = textOf(message, 'role');
  const isRoot = textOf(message, 'type') === 'root';
  const role = !isRoot && (said === 'user' || said === 'assistant') ? said : 'none';
  const text = textOf(message, 'content');
  if (said === 'tool') leftOut.add('tools');
  else if (role === 'none' && !isRoot && text !== '') leftOut.add('system');
  if (hasToolCalls(message)) leftOut.add('tools');
  const thoughts = textOf(message, 'reasoningContent') || textOf(message, 'thinking');
  const model = textOf(message, 'model');
  return {
    id: idOf(message, 'id'),
    parentId: idOf(message, 'parent') || null,
    role,
    text,
    atMs: timeOf(message, 'timestamp'),
    ...(thoughts === '' ? {} : { thoughts }),
    ...(model === '' ? {} : { model }),
    attachments: listOf(message, 'extra').flatMap((file) => readExtra(file, leftOut)),
  };
}

/** A list, or the JSON of one. */
function hasToolCalls(message: unknown): boolean {
  const text = textOf(message, 'toolCalls');
  return listOf(message, 'toolCalls').length > 0 || (text !== '' && text !== '[]');
}

function readExtra(file: unknown, leftOut: LeftOut): readonly SourceAttachment[] {
  const name = textOf(file, 'name');
  // `imageFile`, `audioFile` and so on; those with a text have it as `content`.
  const text = textOf(file, 'content');
  if (text !== '') return [{ name, text }];
  countFile(name, textOf(file, 'type'), leftOut);
  return name === '' ? [] : [{ name }];
}

/**
 * Reads a file of lines: a `session` starts a chat, and each `message` belongs to the last one. Null if the first line
 * is neither. Throws a SyntaxError for a line that is not JSON.
 */
export function readJsonLines(text: string): readonly Fields[] | null {
  const chats: { conv: Fields; messages: unknown[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const record: unknown = JSON.parse(line);
    const type = textOf(record, 'type');
    if (chats.length === 0 && type !== 'session') return null;
    if (type === 'session') chats.push({ conv: record as Fields, messages: [] });
    else if (type === 'message') chats.at(-1)?.messages.push(fieldsOf(record, 'message'));
  }
  return chats.length > 0 ? (chats as unknown as readonly Fields[]) : null;
}
