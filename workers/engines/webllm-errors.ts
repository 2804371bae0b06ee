/** Maps errors of WebLLM and its runtime to Corral's codes. */
import { AppError, type ErrorCode } from '../../src/protocol/errors';

type Codes = readonly (readonly [RegExp, ErrorCode])[];

/** By name, since WebLLM exports none of its error classes, or by text if there is no name. */
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
  // An export or a function of another version, or a missing tensor: the runtime prints what is missing and
  // exits.
  [/exports|required VM function|^ExitStatus/, 'library-mismatch'],
  // A shard that is too short, a file that is not JSON, a tokenizer that cannot be parsed.
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

/** Emscripten's ExitStatus is not an Error, but has a name and a message. */
function textOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name = 'Error', message = '' } = error as { name?: string; message?: string };
  return `${name}: ${message}`;
}
