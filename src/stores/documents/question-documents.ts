/**
 * Puts documents into the questions that they came with: the whole text of small ones, and relevant passages of others.
 */
import type { Turn, UserTurn } from '../../core/chat/conversation';
import { answerOf } from '../../core/chat/thoughts';
import type { Attachment, GivenPassage, StoredDocument } from '../../core/documents/document';
import { type Material, withMaterials } from '../../core/documents/document-prompt';
import { estimateTokens } from '../../core/prompt/context-window';
import { AppError } from '../../protocol/errors';
import type { Documents, QuestionDocuments } from './documents.svelte';

export interface DocumentOptions {
  /** The room for the documents of one question. */
  readonly budgetTokens: number;
  /** For a preview: documents that are missing, or that would have to be searched, are left out. */
  readonly isPreview: boolean;
}

/** The maximum number of passages of each document: more than a window can hold. */
const maxPassages = 24;

type Loaded = readonly [attachment: Attachment, document: StoredDocument];

/** Rejects with `document-missing` if a document of the newest question is gone. */
export async function withDocuments(
  turns: readonly Turn[],
  documents: Documents,
  { budgetTokens, isPreview }: DocumentOptions,
): Promise<QuestionDocuments> {
  const newest = turns.findLastIndex(({ role }) => role === 'user');
  const tokens = new Map<string, number>();
  const given: GivenPassage[] = [];
  let isInNewest = false;
  /** Documents of questions that the model does not see, because they have no answer. */
  let carried: readonly Attachment[] = [];
  /** Documents that are too large to be included as a whole; each later question searches in them. */
  const searched = new Map<string, Loaded>();
  const seen: Turn[] = [];
  for (const [at, turn] of turns.entries()) {
    const next = turns[at + 1];
    if (turn.role !== 'user') {
      seen.push(turn);
      continue;
    }
    const answer = next?.role === 'assistant' ? next : null;
    const isNewest = at === newest;
    const attachments = unique([...carried, ...(turn.attachments ?? [])]).filter(
      ({ unused }) => !unused,
    );
    if (!isNewest && (!answer || answerOf(answer.text).trim() === '')) {
      carried = attachments;
      seen.push(turn);
      continue;
    }
    carried = [];
    const isRequired = isNewest && !isPreview;
    const own = await load(attachments, documents, isRequired);
    const passages = isNewest ? [] : (answer?.passages ?? []);
    for (const [attachment, document] of own) {
      if (passages.some(({ documentId }) => documentId === document.id)) {
        searched.set(document.id, [attachment, document]);
      }
    }
    const whole = fitting(
      own.filter(([, { id }]) => !searched.has(id)),
      budgetTokens,
    );
    for (const one of own) if (!whole.includes(one)) searched.set(one[1].id, one);
    let materials: Material[] = whole.map(([{ name }, document]) => ({ name, document }));
    if (isRequired && searched.size > 0) {
      const room = budgetTokens - whole.reduce((sum, one) => sum + tokensOf(one[1].text), 0);
      const found = await search([...searched.values()], turn.text, room, documents);
      given.push(...found);
      materials = [...materials, ...materialsOf(found, searched)];
    } else materials = [...materials, ...materialsOf(passages, searched)];
    if (materials.length === 0) {
      seen.push(turn);
      continue;
    }
    const text = withMaterials(turn.text, materials);
    tokens.set(turn.id, tokensOf(text) - tokensOf(turn.text));
    isInNewest ||= isNewest;
    seen.push({ ...turn, text, attachments } satisfies UserTurn);
  }
  return { turns: seen, given, isInNewest, tokens };
}

const unique = (attachments: readonly Attachment[]) => [
  ...new Map(attachments.map((one) => [one.id, one])).values(),
];

async function load(
  attachments: readonly Attachment[],
  documents: Documents,
  isRequired: boolean,
): Promise<readonly Loaded[]> {
  const all: Loaded[] = [];
  for (const attachment of attachments) {
    const document = await documents.read(attachment.id);
    if (document) all.push([attachment, document]);
    else if (isRequired) throw new AppError('document-missing', { name: attachment.name });
  }
  return all;
}

/** The smallest documents first, as long as they fit. */
function fitting(own: readonly Loaded[], budgetTokens: number): readonly Loaded[] {
  let left = budgetTokens;
  const whole = own
    .toSorted(([a], [b]) => a.characters - b.characters)
    .filter(([, { text }]) => {
      left -= tokensOf(text, left);
      return left >= 0;
    });
  return own.filter((one) => whole.includes(one));
}

/** The best passages of all documents, as many as fit, in the order of the documents. */
async function search(
  all: readonly Loaded[],
  query: string,
  roomTokens: number,
  documents: Documents,
): Promise<readonly GivenPassage[]> {
  const client = await documents.client();
  const found = [];
  for (const [{ name }, document] of all) {
    for (const passage of await client.search(document, query, maxPassages)) {
      found.push({ ...passage, name, document });
    }
  }
  let left = roomTokens;
  const best = found
    .sort((a, b) => b.score - a.score)
    .filter(({ document, from, to }) => {
      const tokens = tokensOf(document.text.slice(from, to)) + passageMarkTokens;
      if (tokens > left) return false;
      left -= tokens;
      return true;
    });
  const order = all.map(([, { id }]) => id);
  return best
    .sort((a, b) => order.indexOf(a.document.id) - order.indexOf(b.document.id) || a.from - b.from)
    .map(({ document, name, from, to, page }) => ({
      documentId: document.id,
      name,
      from,
      to,
      ...(page === undefined ? {} : { page }),
    }));
}

/** The text between two passages, with the page. */
const passageMarkTokens = 10;

function materialsOf(
  passages: readonly GivenPassage[],
  searched: ReadonlyMap<string, Loaded>,
): Material[] {
  return [...new Set(passages.map(({ documentId }) => documentId))].flatMap((id) => {
    const [attachment, document] = searched.get(id) ?? [];
    if (!attachment || !document) return [];
    const { name } = attachment;
    return [{ name, document, passages: passages.filter(({ documentId }) => documentId === id) }];
  });
}

/** An estimate. For a text that is far longer than the limit, only a number above the limit. */
function tokensOf(text: string, limit = Infinity): number {
  return text.length / 8 > limit ? Infinity : estimateTokens(text);
}
