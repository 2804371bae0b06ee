/** The common form of chats from all import formats, and the interface of a format's reader. */
import type { Fields } from './json-fields';
import type { LeftOutCounts, LeftOutKind } from '../../../protocol/history';

export interface SourceAttachment {
  readonly name: string;
  /** Present if the export contains the text. The file then becomes a document of the question. */
  readonly text?: string;
}

export interface SourceMessage {
  readonly id: string;
  /** Null for a first message; messages of one parent are branches. */
  readonly parentId: string | null;
  /** `none`: the message is left out, and its children move to its parent. */
  readonly role: 'user' | 'assistant' | 'none';
  readonly text: string;
  /** What the model thought before this answer. */
  readonly thoughts?: string;
  /** 0 for none. */
  readonly atMs: number;
  readonly model?: string;
  readonly attachments?: readonly SourceAttachment[];
}

export interface SourceChat {
  readonly id: string;
  readonly title: string;
  readonly createdMs: number;
  readonly messages: readonly SourceMessage[];
  /** The last message of the branch that was shown; empty if the format does not say. */
  readonly leafId: string;
}

/** The names of the programs, which are the same in every language. */
export const importSourceNames = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  'llama-cpp': 'llama.cpp',
  'next-chat': 'NextChat',
  'open-webui': 'Open WebUI',
} as const;

export interface ImportFormat {
  readonly source: keyof typeof importSourceNames;
  /** True for one chat of this format. */
  isChat(value: Fields): boolean;
  read(chat: Fields, leftOut: LeftOut): SourceChat;
}

/** For formats without branches: each message follows the one before. */
export function inSequence(
  messages: readonly Omit<SourceMessage, 'parentId'>[],
): readonly SourceMessage[] {
  const ids = new Set<string>();
  let parentId: string | null = null;
  return messages.map((message, at) => {
    const id = ids.has(message.id) ? `${message.id}.${at}` : message.id;
    const placed = { ...message, id, parentId };
    ids.add(id);
    parentId = id;
    return placed;
  });
}

export const isPictureName = (name: string): boolean =>
  /\.(?:png|jpe?g|gif|webp|avif|bmp|heic|svg|tiff?)$/i.test(name);

/** Counts an attached file of which only the name is kept. */
export function countFile(name: string, type: string, leftOut: LeftOut): void {
  if (type.startsWith('image') || isPictureName(name)) leftOut.add('pictures');
  else if (/^(?:audio|video)/.test(type)) leftOut.add('sound');
  else leftOut.add('files');
}

/** Counts what an import leaves out; the visitor sees the counts. */
export class LeftOut {
  readonly #counts = new Map<LeftOutKind, number>();

  add(kind: LeftOutKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  get counts(): LeftOutCounts {
    return Object.fromEntries(this.#counts);
  }
}
