/** Finds the model among files that a visitor picked or dropped. */
import { AppError } from '../../protocol/errors';
import type { FoundModel } from './custom-model';

/** llama.cpp's naming of parts: `model-00001-of-00003.gguf`. */
const partName = /-\d{5}-of-(\d{5})\.gguf$/i;

export const isGgufPart = (name: string) => partName.test(name);

/** Each part has its own header, so only llama.cpp's tool can join them. */
export function inParts(file: string, parts = Number(partName.exec(file)?.[1])): AppError {
  return new AppError('model-in-parts', { file, parts });
}

/**
 * Takes one `.gguf` file, or an MLC folder's files with one library (`.wasm`) among them. Throws
 * `model-in-parts`, `files-not-a-model` or `library-missing`.
 */
export function findModelAmong(files: readonly File[]): FoundModel {
  const [first] = files;
  const part = files.map(({ name }) => name).find(isGgufPart);
  if (part !== undefined) throw inParts(part);
  const gguf = files.length === 1 && first?.name.toLowerCase().endsWith('.gguf') ? first : null;
  if (gguf) {
    const origin = { kind: 'gguf', name: gguf.name, file: gguf } as const;
    return { name: gguf.name.slice(0, -'.gguf'.length), origin };
  }
  const config = files.find(({ name }) => name === 'mlc-chat-config.json');
  if (!config) throw new AppError('files-not-a-model');
  const library = files.find(({ name }) => name.endsWith('.wasm'));
  if (!library) throw new AppError('library-missing');
  const folder = Object.fromEntries(files.map((file) => [file.name, file]));
  const [folderName = ''] = config.webkitRelativePath.split('/');
  const name = folderName || library.name.slice(0, -'.wasm'.length);
  return { name, origin: { kind: 'mlc', folder, library } };
}
