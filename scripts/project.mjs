// The project's folder, so that every script works from any current folder.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {...string} segments
 * @returns {string} An absolute path inside the project.
 */
export function inProject(...segments) {
  return path.join(projectFolder, ...segments);
}
