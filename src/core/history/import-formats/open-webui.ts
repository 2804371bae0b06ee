/** Open WebUI's export: a list of `{ chat: { history: { messages, currentId } } }`. */
import { fieldsOf, idOf, isFields, listOf, textOf, timeOf } from './json-fields';
import {
  countFile,
  type ImportFormat,
  inSequence,
  type SourceAttachment,
  type SourceMessage,
  type LeftOut,
} from './source-chat';

export const openWebUi: ImportFormat = {
  source: 'open-webui',
  isChat: (value) => {
    const chat = fieldsOf(value, 'chat');
    return isFields(chat['history']) || Array.isArray(chat['messages']);
  },
  read(entry, leftOut) {
    const chat = fieldsOf(entry, 'chat');
    const history = fieldsOf(chat, 'history');
    const byId = Object.entries(fieldsOf(history, 'messages'));
    // Its first versions had only the list.
    const messages =
      byId.length > 0
        ? byId.map(([id, message]) => readMessage(id, message, leftOut))
        : inSequence(
            listOf(chat, 'messages').map((message, at) =>
              readMessage(idOf(message, 'id') || String(at), message, leftOut),
            ),
          );
    if (textOf(chat, 'system') !== '') leftOut.add('system');
    return {
      id: idOf(entry, 'id') || idOf(chat, 'id'),
      title: textOf(entry, 'title') || textOf(chat, 'title'),
      createdMs: timeOf(entry, 'created_at', 1000) || timeOf(chat, 'timestamp'),
      messages,
      leafId: idOf(history, 'currentId'),
    };
  },
};

function readMessage(id: string, message: unknown, leftOut: LeftOut): SourceMessage {
  const said = textOf(message, 'role');
  const role = said === 'user' || said === 'assistant' ? said : 'none';
  if (role === 'none') leftOut.add(said === 'tool' ? 'tools' : 'system');
  const content = textOf(message, 'content') || partsText(message, leftOut);
  const { text, thoughts } = role === 'assistant' ? split(content, leftOut) : { text: content };
  const model = textOf(message, 'modelName') || textOf(message, 'model');
  return {
    id,
    parentId: idOf(message, 'parentId') || null,
    role,
    text,
    atMs: timeOf(message, 'timestamp', 1000),
    ...(thoughts ? { thoughts } : {}),
    ...(model === '' ? {} : { model }),
    attachments: listOf(message, 'files').flatMap((file) => readFile(file, leftOut)),
  };
}

function partsText(message: unknown, leftOut: LeftOut): string {
  const texts = listOf(message, 'content').map((part) => {
    const type = textOf(part, 'type');
    if (type === 'text') return textOf(part, 'text');
    leftOut.add(type === 'image_url' ? 'pictures' : 'other');
    return '';
  });
  return texts.filter(Boolean).join('\n\n');
}

function readFile(file: unknown, leftOut: LeftOut): readonly SourceAttachment[] {
  const inner = fieldsOf(file, 'file');
  const name = textOf(file, 'name') || textOf(inner, 'filename');
  const text = textOf(fieldsOf(inner, 'data'), 'content');
  if (text !== '') return [{ name, text }];
  countFile(name, textOf(file, 'type'), leftOut);
  return name === '' ? [] : [{ name }];
}

const [opening, closing] = ['<details type="', '</details>'];

/** The text contains the model's thoughts and tool calls as `<details>`. */
function split(content: string, leftOut: LeftOut): { text: string; thoughts: string } {
  const texts: string[] = [];
  const thoughts: string[] = [];
  let at = 0;
  for (;;) {
    const from = content.indexOf(opening, at);
    const to = from < 0 ? -1 : content.indexOf(closing, from);
    if (to < 0) break;
    texts.push(content.slice(at, from));
    const details = content.slice(from, to);
    if (details.startsWith('reasoning', opening.length)) thoughts.push(thoughtIn(details));
    else leftOut.add('tools');
    at = to + closing.length;
  }
  texts.push(content.slice(at));
  return { text: texts.join('').trim(), thoughts: thoughts.join('\n\n') };
}

function thoughtIn(details: string): string {
  const summaryEnd = details.indexOf('</summary>');
  const begin = summaryEnd < 0 ? details.indexOf('>') + 1 : summaryEnd + '</summary>'.length;
  const lines = details.slice(begin).split('\n');
  // The thoughts are quoted, as in Markdown.
  return lines
    .map((line) => line.replace(/^(?:>|&gt;) ?/, ''))
    .join('\n')
    .trim();
}
