/** Exports of NextChat and of programs based on it, such as WebLLM Chat: sessions without branches. */
import { fieldsOf, type Fields, idOf, isFields, listOf, textOf, timeOf } from './json-fields';
import { type ImportFormat, inSequence, type SourceMessage, type LeftOut } from './source-chat';

export const nextChat: ImportFormat = {
  source: 'next-chat',
  isChat: (value) => typeof value['topic'] === 'string' && Array.isArray(value['messages']),
  read(session, leftOut) {
    const updatedMs = timeOf(session, 'lastUpdate');
    const messages = listOf(session, 'messages').map((message, at) =>
      readMessage(message, at, updatedMs, leftOut),
    );
    // The instructions that the user set for the chat in that program.
    leftOut.add('system', listOf(fieldsOf(session, 'mask'), 'context').length);
    if (textOf(session, 'memoryPrompt') !== '') leftOut.add('system');
    return {
      id: idOf(session, 'id'),
      title: textOf(session, 'topic'),
      createdMs: messages[0]?.atMs || updatedMs,
      messages: inSequence(messages),
      leafId: '',
    };
  },
};

/** The sessions of an export or of what the program stores in the browser; null for something else. */
export function sessionsIn(file: Fields): readonly unknown[] | null {
  const stored = isFields(file['chat-next-web-store']) ? file['chat-next-web-store'] : file;
  const state = isFields(stored['state']) ? stored['state'] : stored;
  return Array.isArray(state['sessions']) ? listOf(state, 'sessions') : null;
}

function readMessage(
  message: unknown,
  at: number,
  updatedMs: number,
  leftOut: LeftOut,
): Omit<SourceMessage, 'parentId'> {
  const said = textOf(message, 'role');
  const role = said === 'user' || said === 'assistant' ? said : 'none';
  if (role === 'none') leftOut.add('system');
  leftOut.add('tools', listOf(message, 'tools').length);
  if (textOf(message, 'audio_url') !== '') leftOut.add('sound');
  const model = textOf(message, 'model');
  return {
    id: idOf(message, 'id') || String(at),
    role,
    text: textOf(message, 'content') || partsText(message, leftOut),
    atMs: timeOf(message, 'date') || localTime(textOf(message, 'date')) || updatedMs,
    ...(model === '' ? {} : { model }),
  };
}

function partsText(message: unknown, leftOut: LeftOut): string {
  const texts = listOf(message, 'content').map((part) => {
    const type = textOf(part, 'type');
    if (type === 'image_url') leftOut.add('pictures');
    else if (type !== 'text') leftOut.add('other');
    return type === 'text' ? textOf(part, 'text') : '';
  });
  return texts.filter(Boolean).join('\n\n');
}

/**
 * The time of a message is in the format of its browser's country. Only two formats are unambiguous: year first, and
 * that of the United States. 0 for others.
 */
function localTime(text: string): number {
  const yearFirst = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2}),? (\d{1,2}):(\d\d):(\d\d)$/.exec(text);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d\d):(\d\d)[ \u202f](AM|PM)$/.exec(
    text,
  );
  if (yearFirst) {
    const [year, month, day, hour, minute, second] = yearFirst.slice(1).map(Number);
    return new Date(year!, month! - 1, day, hour, minute, second).getTime();
  }
  if (!american) return 0;
  const [month, day, year, hour, minute, second] = american.slice(1, 7).map(Number);
  const hours = (hour! % 12) + (american[7] === 'PM' ? 12 : 0);
  return new Date(year!, month! - 1, day, hours, minute, second).getTime();
}
