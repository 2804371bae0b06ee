/** Files that a visitor picked or dropped: which model they are. */
import { AppError } from '../protocol/errors';
import type { FoundModel } from './own-model';

/**
 * One `.gguf` file, or an MLC folder's files with one library (`.wasm`) among them. Throws
 * `files-not-a-model` or `file-missing`.
 */
export function findModelAmong(files: readonly File[]): FoundModel {
  const [first] = files;
  const gguf = files.length === 1 && first?.name.toLowerCase().endsWith('.gguf') ? first : null;
  if (gguf) {
    const origin = { kind: 'gguf', name: gguf.name, file: gguf } as const;
    return { name: gguf.name.slice(0, -'.gguf'.length), origin };
  }
  const config = files.find(({ name }) => name === 'mlc-chat-config.json');
  if (!config) throw new AppError('files-not-a-model');
  const library = files.find(({ name }) => name.endsWith('.wasm'));
  if (!library) throw new AppError('file-missing', { file: '*.wasm' });
  const folder = Object.fromEntries(files.map((file) => [file.name, file]));
  const [folderName = ''] = config.webkitRelativePath.split('/');
  const name = folderName || library.name.slice(0, -'.wasm'.length);
  return { name, origin: { kind: 'mlc', folder, library } };
}
