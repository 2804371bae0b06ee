/** Judges whether an answer followed its pinned instruction. */
import { assertNever } from '../../protocol/errors';
import { detectLanguage } from './language';
import type { PinCheck } from './pin-check';

/** `unclear`: the text is too short to detect its language, or a pattern took too long. */
export type Verdict = 'followed' | 'broken' | 'unclear';

/** Judges every kind of check except a pattern. */
export function judge(check: Exclude<PinCheck, { kind: 'pattern' }>, answer: string): Verdict {
  const text = answer.trim();
  const verdict = (isFollowed: boolean): Verdict => (isFollowed ? 'followed' : 'broken');
  switch (check.kind) {
    case 'emoji':
      return verdict(containsEmoji(text));
    case 'language': {
      const found = detectLanguage(text);
      return found === null ? 'unclear' : verdict(found === check.language);
    }
    case 'max-words':
      return verdict(text.split(/\s+/).length <= check.count);
    case 'max-characters':
      return verdict([...text].length <= check.count);
    case 'ends-with':
      return verdict(text.endsWith(check.text.trim()));
    default:
      return assertNever(check);
  }
}

/** Excludes signs such as ©, which Unicode counts as pictographs but nobody calls emoji. */
function containsEmoji(text: string): boolean {
  return /(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/u.test(text);
}
