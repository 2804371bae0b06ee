/** Measures how fast a model prefills and decodes on this device. */
import type { Usage } from '../../protocol/engine';
import type { TestSubject } from './run';

export const speedSchema = 1;

/** Approximate prompt lengths in tokens; those that do not fit into the context window are left out. */
const promptLengths: readonly number[] = [32, 128, 512];
/** Each length is measured at most this often, after one answer that warms the engine up. */
export const samplesPerLength = 3;
/** A length that took this long is not measured again, which would take minutes on a slow device. */
const maxSamplingMs = 5000;
export const speedAnswerTokens = 32;

export interface SpeedRow {
  /** Tokens of the whole prompt, counted by the engine. */
  readonly promptTokens: number;
  /** Medians of the samples; null if the model wrote too few tokens, or prefilled none. */
  readonly prefillTokensPerS: number | null;
  readonly decodeTokensPerS: number | null;
  /** On the page's clock, from sending the prompt. */
  readonly timeToFirstTokenMs: number;
}

export interface SpeedReport {
  readonly schema: typeof speedSchema;
  readonly id: string;
  readonly subject: TestSubject;
  readonly atMs: number;
  /** From stored weights to ready. */
  readonly loadMs: number;
  /** Of the page and its workers, if the browser reports it; without GPU memory. */
  readonly memoryBytes: number | null;
  readonly rows: readonly SpeedRow[];
}

export interface SpeedSample {
  readonly usage: Usage;
  readonly timeToFirstTokenMs: number;
}

export function lengthsFor(contextTokens: number): readonly number[] {
  return promptLengths.filter((tokens) => tokens + speedAnswerTokens <= contextTokens * 0.7);
}

/** Whether a length has enough samples, given the time they took. */
export function isSampled(samples: number, tookMs: number): boolean {
  return samples >= samplesPerLength || (samples > 0 && tookMs >= maxSamplingMs);
}

const words =
  'river stone cloud green table window garden silver mountain letter paper forest'.split(' ');

/**
 * A prompt of about `tokens` tokens; most of its words are one token. Each begins differently: a known
 * beginning would be in the KV cache and would not be prefilled.
 */
export function speedPrompt(tokens: number, nth: number): string {
  const filler = Array.from({ length: tokens }, (_, at) => words[(at * 7 + nth) % words.length]);
  return `Number ${nth}. ${filler.join(' ')}. Write a story with these words.`;
}

export function speedRow(samples: readonly SpeedSample[]): SpeedRow {
  const rate = (tokens: number, ms: number) => (tokens > 0 && ms > 0 ? (tokens / ms) * 1000 : null);
  return {
    promptTokens: samples[0]?.usage.promptTokens ?? 0,
    prefillTokensPerS: median(
      samples.map(({ usage }) => rate(usage.promptTokens - usage.cachedTokens, usage.prefillMs)),
    ),
    // The prefill yields the first token.
    decodeTokensPerS: median(
      samples.map(({ usage }) => rate(usage.completionTokens - 1, usage.decodeMs)),
    ),
    timeToFirstTokenMs: median(samples.map((sample) => sample.timeToFirstTokenMs)) ?? 0,
  };
}

/** The median of the values that are not null; null if there are none. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Reads a stored report; null if it is invalid or from a newer version. */
export function readSpeedReport(value: unknown): SpeedReport | null {
  const report = value as Partial<SpeedReport> | null | undefined;
  const isReport =
    report?.schema === speedSchema &&
    typeof report.id === 'string' &&
    typeof report.subject?.modelId === 'string' &&
    Array.isArray(report.rows);
  return isReport ? (report as SpeedReport) : null;
}
