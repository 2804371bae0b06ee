/**
 * Best of N: the model writes several answers and grades each of them twice. How the two grades are
 * combined is Llama 2's (arXiv 2307.09288, section 3.2.3); see docs/decisions/0008-modes.md.
 */

export const candidateCounts = [2, 3, 4, 5] as const;
export const gradeKinds = ['helpful', 'safe'] as const;
export type GradeKind = (typeof gradeKinds)[number];

/** Grades are from 0 to 1, with three decimals; absent where none was given. */
export interface Candidate extends Partial<Readonly<Record<GradeKind, number>>> {
  readonly text: string;
  readonly cutShort?: boolean;
}

export interface BestOf {
  readonly candidates: readonly Candidate[];
  /** The conversation was in the mode Careful. */
  readonly safetyFirst: boolean;
}

/** The answer's parts with another candidate as its text; null if there is none of that place. */
export function picked<T extends { readonly bestOf?: BestOf; readonly cutShort?: boolean }>(
  answer: T,
  place: number,
): (Omit<T, 'cutShort'> & Pick<Candidate, 'text' | 'cutShort'>) | null {
  const candidate = answer.bestOf?.candidates[place];
  if (!candidate) return null;
  const { cutShort: _, ...others } = answer;
  const { text, cutShort } = candidate;
  return { ...others, text, ...(cutShort ? { cutShort } : {}) };
}

/** Null for a stored or imported value that is none. */
export function readBestOf(value: unknown): BestOf | null {
  const { candidates, safetyFirst } = (value ?? {}) as Partial<BestOf>;
  const isSound =
    Array.isArray(candidates) && candidates.length > 0 && candidates.every(isCandidate);
  return isSound ? { candidates, safetyFirst: safetyFirst === true } : null;
}

function isCandidate(value: unknown): value is Candidate {
  const candidate = (value ?? {}) as Partial<Candidate>;
  return (
    typeof candidate.text === 'string' &&
    gradeKinds.every((kind) => candidate[kind] === undefined || isGrade(candidate[kind]))
  );
}

const isGrade = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;

/** What the model answers with. */
export const grades = ['1', '2', '3', '4', '5'] as const;

/** The expected grade, Σ p·grade, brought from 1…5 to 0…1. */
export function expectedGrade01(probabilities: readonly number[]): number {
  const expected = probabilities.reduce((sum, p, at) => sum + p * Number(grades[at]), 0);
  return Math.round(((expected - 1) / 4) * 1000) / 1000;
}

/** Below it, an answer is judged by its safety alone. */
export const safetyThreshold = 0.15;

export interface Score {
  readonly value: number;
  /** The grade that it is. */
  readonly by: GradeKind;
}

/** Null if the candidate was not graded. */
export function scoreOf({ helpful, safe }: Candidate, safetyFirst: boolean): Score | null {
  if (helpful === undefined || safe === undefined) return null;
  return safetyFirst || safe < safetyThreshold
    ? { value: safe, by: 'safe' }
    : { value: helpful, by: 'helpful' };
}

/** Where the best candidate stands, the first of equals; 0 while none is graded. */
export function bestCandidate({ candidates, safetyFirst }: BestOf): number {
  const values = candidates.map((one) => scoreOf(one, safetyFirst)?.value ?? -1);
  return values.indexOf(Math.max(...values));
}
