/** Whether answers followed the instruction that was pinned when they were written. */
import type { AnswerTurn, Turn } from '../../core/chat/conversation';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { Verdict } from '../../core/prompt/pin-verdict';
import { answerOf } from '../../core/chat/thoughts';

/** Null after a timeout. */
export type MatchPattern = (request: {
  readonly source: string;
  readonly text: string;
}) => Promise<boolean | null>;

const showIntervalMs = 250;

export class Adherence {
  readonly #match: MatchPattern;
  /** Judges all checks but patterns; loaded late, since the first load has no answer to judge. */
  #judge = $state.raw<typeof import('../../core/prompt/pin-verdict').judge | null>(null);
  /** Verdicts of patterns, by pattern and text. */
  readonly #matched: Record<string, Verdict> = {};
  /** Increases when new verdicts should be shown. */
  #shown = $state(0);

  constructor(match: MatchPattern) {
    this.#match = match;
  }

  /**
   * Null if there is nothing to judge: no check, no text, or another instruction at that time. `unclear` until
   * `prepare` has judged it.
   */
  verdict(turn: Turn, { pinned, pinCheck }: ConversationSettings): Verdict | null {
    if (!pinCheck || !isJudged(turn, pinned)) return null;
    if (pinCheck.kind !== 'pattern') {
      return this.#judge?.(pinCheck, answerOf(turn.text)) ?? 'unclear';
    }
    void this.#shown; // makes the view read later verdicts
    return this.#matched[keyOf(pinCheck.source, answerOf(turn.text))] ?? 'unclear';
  }

  /** Prepares verdicts: loads the judge, or matches new answers with the pattern. */
  async prepare(turns: readonly Turn[], { pinned, pinCheck }: ConversationSettings): Promise<void> {
    if (pinCheck?.kind === 'pattern') await this.#matchAll(turns, pinned, pinCheck.source);
    else if (pinCheck && !this.#judge) {
      const loading = import('../../core/prompt/pin-verdict');
      // Without it verdicts stay unclear.
      this.#judge = await loading.then(({ judge }) => judge).catch(() => null);
    }
  }

  /** Matches one pattern after the other. */
  async #matchAll(turns: readonly Turn[], pinned: string, source: string): Promise<void> {
    let shownMs = 0;
    for (const turn of turns) {
      const text = answerOf(turn.text);
      const key = keyOf(source, text);
      if (!isJudged(turn, pinned) || key in this.#matched) continue;
      const matched = await this.#match({ source, text });
      const verdict = matched === null ? 'unclear' : matched ? 'followed' : 'broken';
      this.#matched[key] = verdict;
      // Each update redraws all verdicts, so a long chat does not update after every answer.
      if (performance.now() - shownMs < showIntervalMs) continue;
      shownMs = performance.now();
      this.#shown += 1;
    }
    if (shownMs > 0) this.#shown += 1;
  }
}

const keyOf = (source: string, text: string) => JSON.stringify([source, text]);

function isJudged(turn: Turn, pinned: string): turn is AnswerTurn {
  return (
    turn.role === 'assistant' &&
    (turn.state === 'done' || turn.state === 'stopped' || turn.state === 'unfinished') &&
    answerOf(turn.text).trim() !== '' &&
    turn.pinned === pinned
  );
}
