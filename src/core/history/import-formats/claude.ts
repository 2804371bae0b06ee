/** Claude's `conversations.json`: a list of messages. In newer exports each message names its parent. */
import { type Fields, has, idOf, listOf, textOf, timeOf } from './json-fields';
import {
  countFile,
  type ImportFormat,
  inSequence,
  type SourceAttachment,
  type SourceMessage,
  type LeftOut,
} from './source-chat';

export const claude: ImportFormat = {
  source: 'claude',
  isChat: (value) => Array.isArray(value['chat_messages']),
  read(chat, leftOut) {
    const list = listOf(chat, 'chat_messages');
    const messages = list.map((message, at) => readMessage(message, at, leftOut));
    const hasParents = list.some((message) => has(message, 'parent_message_uuid'));
    return {
      id: idOf(chat, 'uuid'),
      title: textOf(chat, 'name'),
      createdMs: timeOf(chat, 'created_at'),
      messages: hasParents ? messages : inSequence(messages),
      leafId: idOf(chat, 'current_leaf_message_uuid'),
    };
  },
};

function readMessage(message: unknown, at: number, leftOut: LeftOut): SourceMessage {
  const sender = textOf(message, 'sender');
  const role = sender === 'human' ? 'user' : sender === 'assistant' ? 'assistant' : 'none';
  if (role === 'none') leftOut.add('system');
  const blocks = listOf(message, 'content');
  for (const block of blocks) countBlock(textOf(block, 'type'), leftOut);
  const ofType = (type: string, name: string) =>
    blocks
      .filter((block) => textOf(block, 'type') === type)
      .map((block) => textOf(block, name))
      .filter(Boolean)
      .join('\n\n');
  const thoughts = ofType('thinking', 'thinking');
  return {
    id: idOf(message, 'uuid') || String(at),
    parentId: idOf(message, 'parent_message_uuid') || null,
    role,
    // Older exports have only the text.
    text: blocks.length > 0 ? ofType('text', 'text') : textOf(message, 'text'),
    atMs: timeOf(message, 'created_at'),
    ...(thoughts === '' ? {} : { thoughts }),
    attachments: [
      ...listOf(message, 'attachments').map((file) => readAttachment(file as Fields, leftOut)),
      ...listOf(message, 'files').map((file) => readFile(file, leftOut)),
    ].filter(({ name, text }) => name !== '' || text),
  };
}

function countBlock(type: string, leftOut: LeftOut): void {
  if (type === 'tool_use' || type === 'tool_result') leftOut.add('tools');
  else if (type === 'image') leftOut.add('pictures');
  else if (!['text', 'thinking', 'token_budget', 'flag'].includes(type)) leftOut.add('other');
}

function readAttachment(file: unknown, leftOut: LeftOut): SourceAttachment {
  const name = textOf(file, 'file_name');
  const text = textOf(file, 'extracted_content');
  if (text !== '') return { name, text };
  countFile(name, textOf(file, 'file_type'), leftOut);
  return { name };
}

function readFile(file: unknown, leftOut: LeftOut): SourceAttachment {
  const name = textOf(file, 'file_name');
  countFile(name, textOf(file, 'file_kind'), leftOut);
  return { name };
}
