/**
 * Converts a chat of another program to a conversation: with new ids, only the content that Corral shows, and each turn
 * after its parent.
 */
import type { Attachment } from '../../documents/document';
import { visibleText } from '../../visible-text';
import { withShownTurn } from '../../chat/branches';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
  type Turn,
  type UserTurn,
} from '../../chat/conversation';
import type { ImportFormat, SourceAttachment, SourceChat, SourceMessage } from './source-chat';
import { isId } from '../../schema';

export interface SourceNames {
  readonly source: ImportFormat['source'];
  /** The name of the program, for answers without a model's name. */
  readonly sourceName: string;
  /** Null if the text of an attached file is not kept. */
  readonly attachmentOf: (file: SourceAttachment) => Attachment | null;
}

/** Null if nothing is left of the chat. */
export function conversationOf(chat: SourceChat, names: SourceNames): Conversation | null {
  const tree = new Tree(chat, names);
  if (tree.turns.length === 0) return null;
  const createdMs = chat.createdMs || (tree.turns[0]?.atMs ?? 0);
  const id = stableId(`${names.source}-`, chat.id || tree.turns.map((turn) => turn.text).join(''));
  const title = visibleText(chat.title.slice(0, maxTitleCharacters)).replace(/\s+/g, ' ').trim();
  const whole: Conversation = {
    ...emptyConversation(id, createdMs),
    ...(title === '' ? {} : { title }),
    turns: tree.turns,
  };
  return withShownTurn(whole, tree.leafId);
}

const maxTitleCharacters = 200;

interface Place {
  readonly message: SourceMessage;
  /** The parent turn. */
  readonly parentId: string | null;
  /** True if no other message has that parent. */
  readonly isOnly: boolean;
}

class Tree {
  readonly turns: Turn[] = [];
  /** The turn of each message: its own, or that of the nearest earlier message that was imported. */
  readonly #turnOf = new Map<string, string | null>();
  readonly #chat: SourceChat;
  readonly #names: SourceNames;
  readonly #children = new Map<string | null, SourceMessage[]>();
  readonly #at = new Map<string, number>();

  constructor(chat: SourceChat, names: SourceNames) {
    this.#chat = chat;
    this.#names = names;
    const ids = new Set(chat.messages.map(({ id }) => id));
    for (const message of chat.messages) {
      const { parentId } = message;
      const parent = parentId !== null && ids.has(parentId) ? parentId : null;
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(message);
      else this.#children.set(parent, [message]);
    }
    for (const root of this.#children.get(null) ?? []) this.#walk(root);
    // The remaining messages form cycles. Each cycle is cut at its first message.
    for (const message of chat.messages) this.#walk(message);
  }

  /** The turn that was shown last; the newest one if the format does not tell. */
  get leafId(): string {
    const said = this.#turnOf.get(this.#chat.leafId);
    return said ?? this.turns.reduce((a, b) => (b.atMs >= a.atMs ? b : a)).id;
  }

  /** Adds the message and all below it. Uses a list instead of recursion, since a chat is as deep as it is long. */
  #walk(first: SourceMessage): void {
    const waiting: Place[] = [{ message: first, parentId: null, isOnly: false }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { message, parentId, isOnly } = next;
      if (this.#turnOf.has(message.id)) continue;
      const turnId = this.#add(next);
      this.#turnOf.set(message.id, turnId);
      const below = this.#children.get(message.id) ?? [];
      const isOnlyBelow = below.length === 1 && (turnId !== parentId || isOnly);
      // In reverse, because messages are taken from the end of the list.
      for (let at = below.length - 1; at >= 0; at--) {
        waiting.push({ message: below[at]!, parentId: turnId, isOnly: isOnlyBelow });
      }
    }
  }

  /** Returns the id of the turn that is the parent of the following messages. */
  #add({ message, parentId, isOnly }: Place): string | null {
    const text = this.#textOf(message);
    const attachments = this.#attachmentsOf(message);
    if (message.role === 'none' || (text === '' && attachments.length === 0)) return parentId;
    const parentAt = parentId === null ? undefined : this.#at.get(parentId);
    const parent = parentAt === undefined ? undefined : this.turns[parentAt];
    const atMs = message.atMs || parent?.atMs || this.#chat.createdMs;
    // Joins an answer that has several messages, such as those around a tool call.
    const isGoingOn = message.role === 'assistant' && parent?.role === 'assistant' && isOnly;
    if (isGoingOn) {
      this.turns[parentAt!] = { ...parent, text: `${parent.text}\n\n${text}` };
      return parentId;
    }
    const turn = { id: stableId('', message.id), parentId, text, atMs };
    this.#at.set(turn.id, this.turns.length);
    this.turns.push(
      message.role === 'user'
        ? questionOf(turn, attachments)
        : answerOf(turn, message.model, this.#names),
    );
    return turn.id;
  }

  #textOf({ role, text, thoughts, attachments = [] }: SourceMessage): string {
    const said = visibleText(text).trim();
    const thought = thoughts ? visibleText(thoughts).trim() : '';
    const named = attachments
      .filter((file) => role !== 'user' || this.#names.attachmentOf(file) === null)
      .map(({ name }) => `📎 ${visibleText(name.slice(0, maxTitleCharacters))}`);
    const body = [said, ...(named.length > 0 ? [named.join('\n')] : [])].filter(Boolean);
    // A closing mark inside the thoughts would end them.
    const begin =
      thought === '' ? '' : `<think>\n${thought.replaceAll('</think>', '')}\n</think>\n\n`;
    return begin + body.join('\n\n');
  }

  #attachmentsOf({ role, attachments = [] }: SourceMessage): readonly Attachment[] {
    const kept = attachments.map(this.#names.attachmentOf).filter((one) => one !== null);
    return role === 'user' ? [...new Map(kept.map((one) => [one.id, one])).values()] : [];
  }
}

type Common = Pick<Turn, 'id' | 'parentId' | 'text' | 'atMs'>;

const questionOf = (turn: Common, attachments: readonly Attachment[]): UserTurn => ({
  role: 'user',
  ...turn,
  ...(attachments.length > 0 ? { attachments } : {}),
});

/** No model of Corral has this prefix. */
function answerOf(turn: Common, model: string | undefined, names: SourceNames): AnswerTurn {
  const name = visibleText((model ?? '').slice(0, maxTitleCharacters)).trim() || names.sourceName;
  return {
    role: 'assistant',
    ...turn,
    modelId: `${names.source}:${name}`,
    modelName: name,
    state: 'done',
  };
}

/** An id that is the same at each import: the source's own if it is valid, else made from it. */
function stableId(prefix: string, sourceId: string): string {
  const own = prefix + sourceId;
  return isId(own) ? own : `${prefix}h-${hash(sourceId, 1)}${hash(sourceId, 2)}`;
}

/** 32-bit FNV-1a of UTF-16 units, in hex. A collision harms only the file that contains it. */
function hash(text: string, seed: number): string {
  let sum = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return (sum >>> 0).toString(16).padStart(8, '0');
}
