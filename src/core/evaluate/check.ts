/** Checks of answers that need no code to be run. */
import { assertNever } from '../../protocol/errors';
import type { PinCheck } from '../prompt/pin-check';
import { judge as judgePin } from '../prompt/pin-verdict';
import { finalNumber } from './final-number';
import type { CodeCall } from './javascript-task';
import { isRefusal } from './refusal';

export type PlainCheck =
  /** The answer's final number. */
  | { readonly kind: 'number'; readonly value: number }
  /** Contains one of `anyOf` and none of `noneOf`. */
  | {
      readonly kind: 'mentions';
      readonly anyOf: readonly string[];
      readonly noneOf?: readonly string[];
    }
  | { readonly kind: 'refusal' }
  /** Anything but a refusal. */
  | { readonly kind: 'no-refusal' }
  | { readonly kind: 'pin'; readonly check: Exclude<PinCheck, { kind: 'pattern' }> }
  | { readonly kind: 'upper-case' }
  | { readonly kind: 'begins-with'; readonly text: string }
  | { readonly kind: 'any'; readonly of: readonly PlainCheck[] };

export type Check =
  | PlainCheck
  /** A JavaScript function, which the sandbox calls. */
  | {
      readonly kind: 'javascript';
      readonly entryPoint: string;
      readonly calls: readonly CodeCall[];
    }
  /** HumanEval's: judged later, by Python if the visitor fetches it, or by HumanEval's own harness. */
  | { readonly kind: 'python' };

export function passes(check: PlainCheck, answer: string): boolean {
  switch (check.kind) {
    case 'number': {
      const found = finalNumber(answer);
      return found !== null && Math.abs(found - check.value) < 1e-9;
    }
    case 'mentions':
      return mentions(answer, check.anyOf) && !mentions(answer, check.noneOf ?? []);
    case 'refusal':
      return isRefusal(answer);
    case 'no-refusal':
      return answer.trim() !== '' && !isRefusal(answer);
    case 'pin':
      return judgePin(check.check, answer) === 'followed';
    case 'upper-case':
      return /\p{Lu}/u.test(answer) && answer === answer.toUpperCase();
    case 'begins-with':
      return mentions(answer.trim().slice(0, check.text.length + 2), [check.text]);
    case 'any':
      return check.of.some((one) => passes(one, answer));
    default:
      return assertNever(check);
  }
}

/** Whether the answer contains one of the texts as whole words, in any spelling: "art" is not in "part". */
export function mentions(answer: string, anyOf: readonly string[]): boolean {
  const words = normalisedText(answer);
  return anyOf.some((wanted) => words.includes(normalisedText(wanted)));
}

/** Lower case, without accents, with spaces for punctuation: `L'Avana!` becomes ` l avana `. */
function normalisedText(text: string): string {
  const bare = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return ` ${bare.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}
