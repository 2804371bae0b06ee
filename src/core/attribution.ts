/** The notices that go with answers wherever they are passed on, because a model's licence asks for it. */
import type { Conversation } from './chat/conversation';
import { licenceByName } from './models/licences';
import type { CatalogueModel } from './models/model';

/** By the model's id, the notice of its licence; null where the licence asks for none. */
export type Notices = Readonly<Record<string, string | null>>;

export function noticesOf(models: readonly CatalogueModel[]): Notices {
  return Object.fromEntries(models.map(({ id, licence }) => [id, licence?.terms?.notice ?? null]));
}

/** Those of all models that wrote something in the conversations; each once. */
export function attributionNotices(
  conversations: readonly Conversation[],
  notices: Notices,
): readonly string[] {
  const found = new Set<string>();
  for (const { turns } of conversations) {
    for (const turn of turns) {
      if (turn.role !== 'assistant' || turn.text === '') continue;
      const last = { id: turn.modelId, name: turn.modelName ?? '' };
      for (const { id, name } of [last, ...(turn.alsoBy ?? [])]) {
        const notice = Object.hasOwn(notices, id) ? notices[id] : noticeByName(`${id} ${name}`);
        if (notice) found.add(notice);
      }
    }
  }
  return [...found];
}

/** Of a model that is not in the list any more. */
function noticeByName(name: string): string | null {
  return licenceByName(name)?.terms?.notice ?? null;
}
