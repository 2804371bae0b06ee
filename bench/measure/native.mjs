// Native llama.cpp on the same file, through the Python package xllamacpp.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lastLine } from '../../scripts/foreseen-error.mjs';
import { inProject } from '../../scripts/project.mjs';
import { builtInModelFile } from '../../scripts/set-up/built-in-model-file.mjs';
import { runProgram } from '../../scripts/set-up/run-program.mjs';

const requirement = 'xllamacpp==2026.10.11549';
const site = inProject('node_modules', '.cache', 'xllamacpp');

/**
 * @param {{ threads: number, prompts: string[], answerTokens: number }} options
 * @returns {Promise<{ speeds: import('./statistics.mjs').Speed[] } | { unavailable: string }>} The reason if
 * Python or the package is unavailable.
 */
export async function measureNative({ threads, prompts, answerTokens }) {
  if (!existsSync(site)) {
    const install = ['-m', 'pip', 'install', '--quiet', '--target', site, requirement];
    const { status } = await runProgram('python3', install);
    if (status !== 0) return { unavailable: `${requirement} could not be installed` };
  }
  const model = inProject('public', 'models', builtInModelFile.name);
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-native-'));
  try {
    const resultFile = path.join(folder, 'speeds.json');
    const options = JSON.stringify({ model, threads, prompts, answerTokens, resultFile });
    const env = { ...process.env, PYTHONPATH: site };
    const script = inProject('bench', 'measure', 'native_llama.py');
    const { status, output } = await runProgram('python3', [script, options], { env });
    if (!existsSync(resultFile)) {
      return { unavailable: `xllamacpp ended with ${status}: ${lastLine(output)}` };
    }
    return { speeds: JSON.parse(await readFile(resultFile, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
