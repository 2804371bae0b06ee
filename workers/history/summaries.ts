/** Writes missing summaries: those of conversations from the app's first versions, or after damage. */
import { inTransaction, putStored, readStored } from '../../src/storage/conversation-records';
import { readIds, removeSummaries } from './reading';

const batchSize = 50;

export async function rebuildSummaries(): Promise<void> {
  const { conversations, summaries } = await readIds();
  await removeSummaries([...summaries].filter((id) => !conversations.has(id)));
  const missing = [...conversations].filter((id) => !summaries.has(id));
  for (let at = 0; at < missing.length; at += batchSize) {
    await inTransaction('readwrite', async (store) => {
      for (const id of missing.slice(at, at + batchSize)) {
        const stored = await readStored(store, id);
        if (stored) putStored(store, stored);
      }
    });
  }
}
