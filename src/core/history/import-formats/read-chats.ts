/** Recognises the program that wrote a file of chats, and reads the chats one by one. */
import { AppError } from '../../../protocol/errors';
import { chatgpt } from './chatgpt';
import { claude } from './claude';
import { type Fields, isFields } from './json-fields';
import { llamaCpp, readJsonLines } from './llama-cpp';
import { nextChat, sessionsIn } from './next-chat';
import { openWebUi } from './open-webui';
import { type ImportFormat, importSourceNames, type SourceChat, type LeftOut } from './source-chat';
import { importLimitTurns } from '../imported-conversation';

export interface SourceChats {
  readonly source: ImportFormat['source'];
  readonly sourceName: string;
  readonly count: number;
  /** Throws `import-chat-too-long`. */
  read(at: number, leftOut: LeftOut): SourceChat;
}

const formats: readonly ImportFormat[] = [chatgpt, claude, llamaCpp, openWebUi, nextChat];

/** Null if the content has no known format. */
export function sourceChats(file: unknown): SourceChats | null {
  const list = chatsIn(file);
  const format = formats.find(({ isChat }) => list.some((chat) => isFields(chat) && isChat(chat)));
  if (!format) return null;
  const chats = list.filter((chat): chat is Fields => isFields(chat) && format.isChat(chat));
  return {
    source: format.source,
    sourceName: importSourceNames[format.source],
    count: chats.length,
    read(at, leftOut) {
      const chat = format.read(chats[at]!, leftOut);
      const messages = chat.messages.length;
      if (messages > importLimitTurns) {
        const data = { messages, limitMessages: importLimitTurns };
        throw new AppError('import-chat-too-long', data);
      }
      // A second message with the same id cannot be placed in the tree.
      leftOut.add('other', messages - new Set(chat.messages.map(({ id }) => id)).size);
      return chat;
    },
  };
}

function chatsIn(file: unknown): readonly unknown[] {
  if (Array.isArray(file)) return file;
  return isFields(file) ? (sessionsIn(file) ?? [file]) : [];
}

/** Parses lines of JSON to a list; null for another text, or if a line is broken. */
export function chatsOfLines(text: string): readonly Fields[] | null {
  try {
    return readJsonLines(text);
  } catch {
    return null;
  }
}
