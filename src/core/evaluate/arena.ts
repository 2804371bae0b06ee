/** The arena: two settings answer one prompt, and the visitor votes without seeing which is which. */
import type { AsOfDate } from '../prompt/as-of-date';
import type { PinStrength } from '../chat/conversation-settings';
import type { SafetyMode } from '../prompt/safety';
import type { Comparison } from './statistics';

export const voteSchema = 1;

/** One side of a vote: a model and its settings. */
export interface Contestant {
  readonly modelId: string;
  /** The model's name at the time of the vote. */
  readonly modelName: string;
  /** Null for the model's own mode. */
  readonly safety: SafetyMode | null;
  /** Empty for none. */
  readonly pinned: string;
  readonly pinStrength: PinStrength;
  readonly asOf: AsOfDate | null;
}

export type Choice = 'left' | 'right' | 'tie' | 'both-bad';

export interface Vote {
  readonly schema: typeof voteSchema;
  readonly id: string;
  readonly atMs: number;
  readonly prompt: string;
  readonly left: Contestant;
  readonly right: Contestant;
  readonly choice: Choice;
}

/** The same key for the same setting, whatever the model's name. */
export function contestantKey(contestant: Contestant): string {
  const { modelId, safety, pinned, pinStrength, asOf } = contestant;
  return JSON.stringify([modelId, safety, pinned, pinned === '' ? null : pinStrength, asOf]);
}

/** The left side's score. `both-bad` counts as a tie. */
const leftShare: Readonly<Record<Choice, number>> = {
  left: 1,
  right: 0,
  tie: 0.5,
  'both-bad': 0.5,
};

/** The votes as comparisons; a vote between a setting and itself is left out. */
export function comparisonsOf(votes: readonly Vote[]): readonly Comparison[] {
  return votes
    .map(({ left, right, choice }) => ({
      first: contestantKey(left),
      second: contestantKey(right),
      share: leftShare[choice],
    }))
    .filter(({ first, second }) => first !== second);
}

/** Reads a stored vote; null if it is invalid or from a newer version. */
export function readVote(value: unknown): Vote | null {
  const vote = value as Partial<Vote> | null | undefined;
  const isVote =
    vote?.schema === voteSchema &&
    typeof vote.id === 'string' &&
    typeof vote.left?.modelId === 'string' &&
    typeof vote.right?.modelId === 'string' &&
    Object.hasOwn(leftShare, vote.choice ?? '');
  return isVote ? (vote as Vote) : null;
}
