/** Tells whether an answer kept to its pinned instruction. */
import { assertNever } from '../../protocol/errors';
import { detectLanguage } from './language';
import type { PinCheck } from './pin-check';

/** `unclear`: too short to tell its language, or a pattern that was not matched in time. */
export type Verdict = 'held' | 'broken' | 'unclear';

/** Of everything but a pattern. */
export function judge(check: Exclude<PinCheck, { kind: 'pattern' }>, answer: string): Verdict {
  const text = answer.trim();
  const held = (isHeld: boolean): Verdict => (isHeld ? 'held' : 'broken');
  switch (check.kind) {
    case 'emoji':
      return held(containsEmoji(text));
    case 'language': {
      const found = detectLanguage(text);
      return found === null ? 'unclear' : held(found === check.language);
    }
    case 'max-words':
      return held(text.split(/\s+/).length <= check.count);
    case 'max-characters':
      return held([...text].length <= check.count);
    case 'ends-with':
      return held(text.endsWith(check.text.trim()));
    default:
      return assertNever(check);
  }
}

/** Signs that are pictographs by Unicode's table, yet no emoji to anyone, do not count. */
function containsEmoji(text: string): boolean {
  return /(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/u.test(text);
}
