/** ChatGPT's `conversations.json`: each chat is a tree of nodes, many of which hold no message that was shown. */
import { fieldsOf, type Fields, has, idOf, isFields, listOf, textOf, timeOf } from './json-fields';
import {
  countFile,
  isPictureName,
  type ImportFormat,
  type SourceAttachment,
  type SourceMessage,
  type LeftOut,
} from './source-chat';

export const chatgpt: ImportFormat = {
  source: 'chatgpt',
  isChat: (value) => isFields(value['mapping']),
  read: (chat, leftOut) => ({
    id: idOf(chat, 'conversation_id') || idOf(chat, 'id'),
    title: textOf(chat, 'title'),
    createdMs: timeOf(chat, 'create_time', 1000),
    messages: Object.entries(fieldsOf(chat, 'mapping')).map(([id, node]) =>
      readNode(id, node, leftOut),
    ),
    leafId: idOf(chat, 'current_node'),
  }),
};

function readNode(id: string, node: unknown, leftOut: LeftOut): SourceMessage {
  const message = fieldsOf(node, 'message');
  const content = fieldsOf(message, 'content');
  const shown = shownRole(message, content, leftOut);
  const parentId = idOf(node, 'parent') || null;
  const atMs = timeOf(message, 'create_time', 1000);
  if (shown === 'none') return { id, parentId, role: 'none', text: '', atMs };
  const model = textOf(fieldsOf(message, 'metadata'), 'model_slug');
  return {
    id,
    parentId,
    role: shown,
    text: contentText(content, leftOut),
    atMs,
    ...(model === '' ? {} : { model }),
    attachments: attachmentsOf(message, leftOut),
  };
}

/** `none` for a node that ChatGPT does not show as a message. It is counted if it has content. */
function shownRole(message: Fields, content: Fields, leftOut: LeftOut): SourceMessage['role'] {
  const role = textOf(fieldsOf(message, 'author'), 'role');
  const metadata = fieldsOf(message, 'metadata');
  const type = textOf(content, 'content_type');
  const recipient = textOf(message, 'recipient') || 'all';
  if (role === '') return 'none';
  if (role === 'tool' || (role === 'assistant' && recipient !== 'all')) leftOut.add('tools');
  else if (type === 'thoughts' || type === 'reasoning_recap') leftOut.add('thoughts');
  else if (type.endsWith('_editable_context') || metadata['is_user_system_message'] === true) {
    leftOut.add('system');
  } else if (
    metadata['is_visually_hidden_from_conversation'] === true ||
    (role !== 'user' && role !== 'assistant')
  ) {
    // Nearly every chat begins with empty nodes.
    if (contentText(content, leftOut).trim() !== '') leftOut.add('system');
  } else return role;
  return 'none';
}

function contentText(content: Fields, leftOut: LeftOut): string {
  const parts = listOf(content, 'parts').map((part) => partText(part, leftOut));
  const text = (has(content, 'parts') ? parts.filter(Boolean) : [textOf(content, 'text')]).join(
    '\n\n',
  );
  const marked =
    textOf(content, 'content_type') === 'code' && text !== '' ? `\`\`\`\n${text}\n\`\`\`` : text;
  return marked.replace(citation, '');
}

/** References to pages that a tool read, between characters of the private use area. */
const citation = /\ue200[^\ue200\ue201]*\ue201/g;

function partText(part: unknown, leftOut: LeftOut): string {
  if (typeof part === 'string') return part;
  const type = textOf(part, 'content_type');
  if (type === 'audio_transcription') return textOf(part, 'text');
  if (type.startsWith('image')) leftOut.add('pictures');
  else if (/audio|video/.test(type)) leftOut.add('sound');
  else if (isFields(part)) leftOut.add('other');
  return '';
}

function attachmentsOf(message: Fields, leftOut: LeftOut): readonly SourceAttachment[] {
  return listOf(fieldsOf(message, 'metadata'), 'attachments').flatMap((file) => {
    const name = textOf(file, 'name');
    const type = textOf(file, 'mime_type') || textOf(file, 'mimeType');
    // A picture is counted as a part of the message.
    const isPicture = type === '' ? isPictureName(name) : type.startsWith('image');
    if (!isPicture) countFile(name, type, leftOut);
    return name === '' ? [] : [{ name }];
  });
}
