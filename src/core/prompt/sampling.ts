/** Sampling parameters: a model's defaults, and the visitor's values that replace them. */
import { checked, formerly, type Of, optional, Reading, readOrNull, record } from '../schema';

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  /** Absent means off, as for the following ones. */
  readonly topK?: number;
  readonly minP?: number;
  readonly repeatPenalty: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly maxAnswerTokens: number;
  /** The limit of thoughts; then the model must answer. */
  readonly thoughtTokens?: number;
  /** For repeatable answers. */
  readonly seed?: number;
  /** Stop strings. */
  readonly stop?: readonly string[];
}

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The ranges that both engines accept. A seed is below 2³¹. */
export const samplingLimits = {
  temperature: { min: 0, max: 2, step: 0.05 },
  topP: { min: 0.05, max: 1, step: 0.05 },
  topK: { min: 0, max: 1000, step: 1 },
  minP: { min: 0, max: 1, step: 0.05 },
  repeatPenalty: { min: 1, max: 2, step: 0.05 },
  frequencyPenalty: { min: -2, max: 2, step: 0.05 },
  presencePenalty: { min: -2, max: 2, step: 0.05 },
  maxAnswerTokens: { min: 1, max: 4096, step: 1 },
  thoughtTokens: { min: 0, max: 4096, step: 1 },
  seed: { min: 0, max: 2 ** 31 - 1, step: 1 },
} as const satisfies Record<string, Limits>;

export type SamplingNumber = keyof typeof samplingLimits;

export const stopLimits = { count: 4, length: 60 } as const;

const within = (limits: Limits) => optional(checked<number>((value) => isWithin(value, limits)));

/** The parameters that a model's own files may set. */
const modelFields = {
  temperature: within(samplingLimits.temperature),
  topP: within(samplingLimits.topP),
  topK: within(samplingLimits.topK),
  minP: within(samplingLimits.minP),
  repeatPenalty: within(samplingLimits.repeatPenalty),
  frequencyPenalty: within(samplingLimits.frequencyPenalty),
  presencePenalty: within(samplingLimits.presencePenalty),
};
const modelSampling = record(modelFields);

export const samplingSchema = formerly(
  { maxReplyTokens: 'maxAnswerTokens' },
  record({
    ...modelFields,
    maxAnswerTokens: within(samplingLimits.maxAnswerTokens),
    thoughtTokens: within(samplingLimits.thoughtTokens),
    seed: within(samplingLimits.seed),
    stop: optional(checked<readonly string[]>(isStopList)),
  }),
);

/** Absent values mean the model's defaults. */
export type SamplingChoice = Of<typeof samplingSchema>;

/** Undefined if a value is out of range or a field is unknown. */
export function readSampling(value: unknown): SamplingChoice | undefined {
  return readOrNull(samplingSchema, value, new Reading(true, '', 'refuse')) ?? undefined;
}

/** The valid values of a model's files. */
export function readModelSampling(value: unknown): Of<typeof modelSampling> {
  return readOrNull(modelSampling, value, new Reading(false, '', 'drop')) ?? {};
}

export function isWithin(value: unknown, { min, max, step }: Limits): value is number {
  const isNumber = typeof value === 'number' && value >= min && value <= max;
  return isNumber && (step < 1 || Number.isInteger(value));
}

function isStopList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= stopLimits.count &&
    value.every(
      (stop) => typeof stop === 'string' && stop !== '' && stop.length <= stopLimits.length,
    )
  );
}

/**
 * Reads typed stop strings, one a line; `\
 * ` stands for a line break. Excess text is dropped.
 */
export function readStopLines(typed: string): readonly string[] {
  return typed
    .split('\n')
    .map((line) => line.replaceAll('\\n', '\n').slice(0, stopLimits.length))
    .filter((stop) => stop !== '')
    .slice(0, stopLimits.count);
}

export function stopLines(stop: readonly string[]): string {
  return stop.map((text) => text.replaceAll('\n', '\\n')).join('\n');
}

/** The model with the visitor's choices. An answer may take at most half of the context window. */
export function withSampling<M extends { sampling: Sampling; contextTokens: number }>(
  model: M,
  choice: SamplingChoice,
): M {
  const sampling = { ...model.sampling, ...choice };
  const half = Math.floor(model.contextTokens / 2);
  return {
    ...model,
    sampling: { ...sampling, maxAnswerTokens: Math.min(sampling.maxAnswerTokens, half) },
  };
}
