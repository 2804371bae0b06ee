/** The notices that a model's licence requires with answers that leave the app. */
import type { Conversation } from './chat/conversation';
import { licenceByName } from './models/licences';
import type { CatalogueModel } from './models/model';

/** The notice of each model's licence, by the model's id; null if the licence requires none. */
export type Notices = Readonly<Record<string, string | null>>;

export function noticesOf(models: readonly CatalogueModel[]): Notices {
  return Object.fromEntries(models.map(({ id, licence }) => [id, licence?.terms?.notice ?? null]));
}

/** The notices of all models that wrote in the conversations; each once. */
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

/** For a model that is no longer in the catalogue. */
function noticeByName(name: string): string | null {
  return licenceByName(name)?.terms?.notice ?? null;
}
