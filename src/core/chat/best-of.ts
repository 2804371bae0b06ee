/**
 * Best of N: the model writes several answers and grades each of them twice. The two grades are combined as in
 * Llama 2 (arXiv 2307.09288, section 3.2.3); see docs/decisions/0008-modes.md.
 */
import {
  checked,
  flag,
  formerly,
  listOf,
  withFallback,
  notEmpty,
  type Of,
  optional,
  record,
  text,
} from '../schema';

export const candidateCounts = [2, 3, 4, 5] as const;
export const gradeKinds = ['helpful', 'safe'] as const;
export type GradeKind = (typeof gradeKinds)[number];

/** From 0 to 1; `expectedGrade01` rounds to three decimals. */
const grade = checked<number>((value) => typeof value === 'number' && value >= 0 && value <= 1);

/** Grades are absent if the candidate was not graded. */
const candidate = formerly(
  { cutShort: 'truncated' },
  record({
    text,
    truncated: optional(flag),
    helpful: optional(grade),
    safe: optional(grade),
  }),
);

export const bestOfSchema = record({
  candidates: notEmpty(listOf(candidate)),
  /** True if the conversation was in the mode Careful. */
  safetyFirst: withFallback(flag, false),
});

export type Candidate = Of<typeof candidate>;
export type BestOf = Of<typeof bestOfSchema>;

/** The fields that change when another candidate is picked; null if `place` is out of range. */
export function picked<T extends { readonly bestOf?: BestOf; readonly truncated?: boolean }>(
  answer: T,
  place: number,
): (Omit<T, 'truncated'> & Pick<Candidate, 'text' | 'truncated'>) | null {
  const candidate = answer.bestOf?.candidates[place];
  if (!candidate) return null;
  const { truncated: _, ...others } = answer;
  const { text, truncated } = candidate;
  return { ...others, text, ...(truncated ? { truncated } : {}) };
}

/** The answers that the model may give to the grading question. */
export const grades = ['1', '2', '3', '4', '5'] as const;

/** The expected grade, Σ p·grade, scaled from 1…5 to 0…1. */
export function expectedGrade01(probabilities: readonly number[]): number {
  const expected = probabilities.reduce((sum, p, at) => sum + p * Number(grades[at]), 0);
  return Math.round(((expected - 1) / 4) * 1000) / 1000;
}

/** Below this safety grade, only safety counts. */
export const safetyThreshold = 0.15;

export interface Score {
  readonly value: number;
  /** Which of the two grades it is. */
  readonly by: GradeKind;
}

/** Null if the candidate was not graded. */
export function scoreOf({ helpful, safe }: Candidate, safetyFirst: boolean): Score | null {
  if (helpful === undefined || safe === undefined) return null;
  return safetyFirst || safe < safetyThreshold
    ? { value: safe, by: 'safe' }
    : { value: helpful, by: 'helpful' };
}

/** The index of the best candidate, the first of equals; 0 if none is graded. */
export function bestCandidate({ candidates, safetyFirst }: BestOf): number {
  const values = candidates.map((one) => scoreOf(one, safetyFirst)?.value ?? -1);
  return values.indexOf(Math.max(...values));
}
