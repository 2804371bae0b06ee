/** Whether answers kept to the instruction that was pinned when they were written. */
import type { AnswerTurn, Turn } from '../../core/chat/conversation';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { Verdict } from '../../core/prompt/pin-verdict';
import { answerOf } from '../../core/chat/thoughts';

/** Null if it took too long. */
export type MatchPattern = (request: {
  readonly source: string;
  readonly text: string;
}) => Promise<boolean | null>;

const showIntervalMs = 250;

export class Adherence {
  readonly #match: MatchPattern;
  /** Judges all but patterns; not part of the first load, which has no answer to judge. */
  #judge = $state.raw<typeof import('../../core/prompt/pin-verdict').judge | null>(null);
  /** Of patterns, by pattern and text. */
  readonly #matched: Record<string, Verdict> = {};
  /** Counts what is shown of them. */
  #shown = $state(0);

  constructor(match: MatchPattern) {
    this.#match = match;
  }

  /**
   * Null where there is nothing to judge: no check, no text, or another instruction then. `unclear` before `prepare`
   * has come to it.
   */
  verdict(turn: Turn, { pinned, pinCheck }: ConversationSettings): Verdict | null {
    if (!pinCheck || !isJudged(turn, pinned)) return null;
    if (pinCheck.kind !== 'pattern') {
      return this.#judge?.(pinCheck, answerOf(turn.text)) ?? 'unclear';
    }
    void this.#shown; // a verdict that comes later is read then
    return this.#matched[keyOf(pinCheck.source, answerOf(turn.text))] ?? 'unclear';
  }

  /** Has verdicts ready: loads what judges, or matches the answers that a pattern was not tried on yet. */
  async prepare(turns: readonly Turn[], { pinned, pinCheck }: ConversationSettings): Promise<void> {
    if (pinCheck?.kind === 'pattern') await this.#matchAll(turns, pinned, pinCheck.source);
    else if (pinCheck && !this.#judge) {
      const loading = import('../../core/prompt/pin-verdict');
      // Without it verdicts stay unclear.
      this.#judge = await loading.then(({ judge }) => judge).catch(() => null);
    }
  }

  /** One after the other. */
  async #matchAll(turns: readonly Turn[], pinned: string, source: string): Promise<void> {
    let shownMs = 0;
    for (const turn of turns) {
      const text = answerOf(turn.text);
      const key = keyOf(source, text);
      if (!isJudged(turn, pinned) || key in this.#matched) continue;
      const matched = await this.#match({ source, text });
      const verdict = matched === null ? 'unclear' : matched ? 'held' : 'broken';
      this.#matched[key] = verdict;
      // All verdicts are read again then: not for each answer of a long chat.
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
