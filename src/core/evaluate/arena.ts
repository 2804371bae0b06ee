/** Two settings, one prompt, a blind vote. */
import type { AsOfDate } from '../prompt/as-of-date';
import type { PinStrength } from '../chat/conversation-settings';
import type { SafetyMode } from '../prompt/safety';
import type { Comparison } from './bradley-terry';

export const voteSchema = 1;

/** What a person pits against another: a model, and how it is asked. */
export interface Contestant {
  readonly modelId: string;
  /** As it was called when it was voted on. */
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

/** The same for the same setting, whatever the model was called. */
export function contestantKey(contestant: Contestant): string {
  const { modelId, safety, pinned, pinStrength, asOf } = contestant;
  return JSON.stringify([modelId, safety, pinned, pinned === '' ? null : pinStrength, asOf]);
}

/** What the left one got. Both bad says that neither is better, as a tie does. */
const leftShare: Readonly<Record<Choice, number>> = {
  left: 1,
  right: 0,
  tie: 0.5,
  'both-bad': 0.5,
};

/** Votes between a setting and itself say nothing. */
export function comparisonsOf(votes: readonly Vote[]): readonly Comparison[] {
  return votes
    .map(({ left, right, choice }) => ({
      first: contestantKey(left),
      second: contestantKey(right),
      share: leftShare[choice],
    }))
    .filter(({ first, second }) => first !== second);
}

/** Of a stored value; null for what is no vote, or is a newer version's. */
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
