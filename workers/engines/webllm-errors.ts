/** What WebLLM and its runtime throw, as codes of ours. */
import { AppError, type ErrorCode } from '../../src/protocol/errors';

type Codes = readonly (readonly [RegExp, ErrorCode])[];

/** By name, since WebLLM exports none of its error classes, and by text where there is no name. */
const anyTime: Codes = [
  [/ContextWindowSizeExceeded/, 'context-overflow'],
  [/DeviceLost|device (was |is )?lost/i, 'gpu-lost'],
  [/out of memory|OutOfMemory/i, 'out-of-memory'],
  [/ModelNotLoaded/, 'model-not-loaded'],
];

const whileLoading: Codes = [
  ...anyTime,
  [/WebGPUNot|FeatureSupport|ShaderF16/, 'gpu-unavailable'],
  [/QuotaExceeded/, 'storage-quota'],
  [/Failed to fetch|NetworkError|Cannot fetch|Load failed/i, 'download-failed'],
  [/^(CompileError|LinkError)|WebAssembly\.\w+\(\)/, 'library-damaged'],
  // An export or a function that another version has, or a tensor that the weights lack: the
  // runtime prints what it misses and exits.
  [/exports|required VM function|^ExitStatus/, 'library-mismatch'],
  // A shard that is too short, a file that is no JSON, a tokenizer that its parser gives up on.
  [/exceeds shard size|^SyntaxError|^RuntimeError: Aborted/, 'model-damaged'],
];

export const loadError = (error: unknown) => translate(error, whileLoading, 'engine-failed');
export const runError = (error: unknown) => translate(error, anyTime, 'engine-died');

function translate(error: unknown, codes: Codes, otherwise: ErrorCode): AppError {
  if (AppError.isInstance(error)) return error;
  const text = textOf(error);
  const code = codes.find(([pattern]) => pattern.test(text))?.[1] ?? otherwise;
  return new AppError(code, {}, { cause: text });
}

/** Emscripten's ExitStatus is no Error, yet has a name and a message. */
function textOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name = 'Error', message = '' } = error as { name?: string; message?: string };
  return `${name}: ${message}`;
}
