/** Reads an MLC model's index, which comes from a server and is untrusted. */
import { AppError } from '../../protocol/errors';
import { plainName } from '../../protocol/fetch';

export interface Shard {
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal; null if the index has none. */
  readonly md5: string | null;
}

/**
 * The shards of a parsed `tensor-cache.json` (`ndarray-cache.json` in older folders):
 * `{ records: [{ dataPath, nbytes, md5sum, records: […] }] }`. Throws `model-not-a-model`.
 */
export function readTensorIndex(value: unknown): readonly Shard[] {
  const { records } = (value ?? {}) as { records?: unknown };
  if (!Array.isArray(records) || records.length === 0) throw notAnIndex('it lists no shards');
  const shards = records.map(readShard);
  if (new Set(shards.map(({ name }) => name)).size < shards.length) {
    throw notAnIndex('it lists a shard twice');
  }
  return shards;
}

function readShard(record: unknown): Shard {
  const { dataPath, nbytes, md5sum } = (record ?? {}) as Record<string, unknown>;
  if (typeof dataPath !== 'string' || !plainName.test(dataPath)) {
    throw notAnIndex('a shard has no plain name');
  }
  if (typeof nbytes !== 'number' || !Number.isSafeInteger(nbytes) || nbytes <= 0) {
    throw notAnIndex(`${dataPath} has no size`);
  }
  const isMd5 = typeof md5sum === 'string' && /^[0-9a-f]{32}$/i.test(md5sum);
  return { name: dataPath, sizeBytes: nbytes, md5: isMd5 ? md5sum.toLowerCase() : null };
}

/** The size of the largest tensor in a parsed index; each tensor must fit into one GPU buffer. */
export function largestTensorBytes(value: unknown): number {
  const { records } = (value ?? {}) as { records?: readonly { records?: unknown }[] };
  const tensors = (records ?? []).flatMap((shard) =>
    Array.isArray(shard.records) ? (shard.records as readonly { nbytes?: unknown }[]) : [],
  );
  const sizes = tensors.map((tensor) => Number(tensor?.nbytes)).filter(Number.isFinite);
  return sizes.reduce((largest, size) => Math.max(largest, size), 0);
}

/** The tokenizer files that WebLLM will read, from a parsed `mlc-chat-config.json`. */
export function readTokenizerFiles(value: unknown): readonly string[] {
  const { tokenizer_files: files } = (value ?? {}) as { tokenizer_files?: unknown };
  const names = Array.isArray(files) ? files : [];
  const wanted = ['tokenizer.json', 'tokenizer.model'].find((name) => names.includes(name));
  if (wanted === undefined) throw notAnIndex('its configuration names no tokenizer');
  return [wanted];
}

function notAnIndex(cause: string): AppError {
  return new AppError('model-not-a-model', {}, { cause });
}
