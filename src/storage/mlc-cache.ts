/**
 * WebLLM's own records of a model in IndexedDB: databases `webllm/model`, `webllm/config` and
 * `webllm/wasm`, each with a store `urls` of `{ url, data }`. They are only read and deleted here,
 * and by key wherever that will do: a value may be 32 MB.
 */
import { promisifyRequest } from 'idb-keyval';

export interface MlcAddress {
  /** The model's folder, absolute, with a slash at its end. */
  readonly modelUrl: string;
  readonly libraryUrl: string;
}

/** True if everything that loading needs is here, so that it works offline. */
export async function isMlcModelStored({ modelUrl, libraryUrl }: MlcAddress): Promise<boolean> {
  const [config, library, files] = await Promise.all([
    withStore('webllm/config', 'readonly', (urls) => keysUnder(urls, modelUrl)),
    withStore('webllm/wasm', 'readonly', (urls) => keysUnder(urls, libraryUrl)),
    withStore('webllm/model', 'readonly', async (urls) => ({
      keys: await keysUnder(urls, modelUrl),
      list: await promisifyRequest<unknown>(urls.get(`${modelUrl}tensor-cache.json`)),
    })),
  ]);
  // WebLLM never stores a library that comes from localhost.
  const hasLibrary = libraryUrl.includes('localhost') || library?.has(libraryUrl);
  const shards = shardsOf(files?.list);
  return Boolean(
    config?.has(`${modelUrl}mlc-chat-config.json`) &&
    hasLibrary &&
    files?.keys.has(`${modelUrl}tokenizer.json`) &&
    shards.length > 0 &&
    shards.every((shard) => files.keys.has(modelUrl + shard)),
  );
}

export async function deleteMlcModel({ modelUrl, libraryUrl }: MlcAddress): Promise<void> {
  const remove = (prefix: string) => (urls: IDBObjectStore) =>
    promisifyRequest(urls.delete(rangeUnder(prefix)));
  await withStore('webllm/config', 'readwrite', remove(modelUrl));
  await withStore('webllm/model', 'readwrite', remove(modelUrl));
  await withStore('webllm/wasm', 'readwrite', remove(libraryUrl));
}

/** The work's result, or undefined where WebLLM has not made the database: opening would make it wrong. */
async function withStore<T>(
  name: string,
  mode: IDBTransactionMode,
  work: (urls: IDBObjectStore) => Promise<T>,
): Promise<T | undefined> {
  const databases = await indexedDB.databases();
  if (!databases.some((database) => database.name === name)) return undefined;
  const database = await promisifyRequest(indexedDB.open(name));
  try {
    if (!database.objectStoreNames.contains('urls')) return undefined;
    return await work(database.transaction('urls', mode).objectStore('urls'));
  } finally {
    database.close();
  }
}

const rangeUnder = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

async function keysUnder(urls: IDBObjectStore, prefix: string): Promise<Set<IDBValidKey>> {
  return new Set(await promisifyRequest(urls.getAllKeys(rangeUnder(prefix))));
}

/** File names from a stored tensor-cache.json; none if it is not what it should be. */
function shardsOf(record: unknown): readonly string[] {
  const { data } = (record ?? {}) as { data?: { records?: { dataPath?: string }[] } };
  return data?.records?.map(({ dataPath }) => dataPath ?? '') ?? [];
}
