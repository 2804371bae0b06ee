/** How fast a model reads and writes on this device. */
import type { Usage } from '../../protocol/engine';
import type { Subject } from './run';

export const speedSchema = 1;

/** Prompts of about so many tokens; those that leave no room in a model's window are left out. */
const promptLengths: readonly number[] = [32, 128, 512];
/** Each length is measured so often at most, after one answer that only warms the engine up. */
export const samplesPerLength = 3;
/** A length that took so long already is not measured again: on a slow device that would take minutes. */
const enoughMs = 5000;
export const speedAnswerTokens = 32;

export interface SpeedRow {
  /** Of the whole prompt, as the engine counted them. */
  readonly promptTokens: number;
  /** Medians of the samples; null where the model wrote too little, or read nothing anew. */
  readonly prefillTokensPerS: number | null;
  readonly decodeTokensPerS: number | null;
  /** On the page's clock, from the prompt's departure. */
  readonly timeToFirstTokenMs: number;
}

export interface SpeedReport {
  readonly schema: typeof speedSchema;
  readonly id: string;
  readonly subject: Subject;
  readonly atMs: number;
  /** From stored weights to ready. */
  readonly loadMs: number;
  /** The page's and its workers', as far as the browser tells; GPU memory is not in it. */
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

/** Whether a length's samples, which took so long together, are all that it gets. */
export function isSampled(samples: number, tookMs: number): boolean {
  return samples >= samplesPerLength || (samples > 0 && tookMs >= enoughMs);
}

const words =
  'river stone cloud green table window garden silver mountain letter paper forest'.split(' ');

/**
 * A prompt of about so many tokens, most words being one. It begins differently each time: what an earlier
 * prompt began with is still in the KV cache, and would not be read again.
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
    // The first token comes with the prefill.
    decodeTokensPerS: median(
      samples.map(({ usage }) => rate(usage.completionTokens - 1, usage.decodeMs)),
    ),
    timeToFirstTokenMs: median(samples.map((sample) => sample.timeToFirstTokenMs)) ?? 0,
  };
}

/** Of the values that there are; null for none. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Of a stored value; null for what is no report, or is a newer version's. */
export function readSpeedReport(value: unknown): SpeedReport | null {
  const report = value as Partial<SpeedReport> | null | undefined;
  const isReport =
    report?.schema === speedSchema &&
    typeof report.id === 'string' &&
    typeof report.subject?.modelId === 'string' &&
    Array.isArray(report.rows);
  return isReport ? (report as SpeedReport) : null;
}
