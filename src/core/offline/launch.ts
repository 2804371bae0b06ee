/**
 * What the app was opened for: a shortcut, a `web+corral:` link, a share, a link with a prompt. It stands in the
 * fragment of the address, which goes to no server. Any page may have made the address, so its text is limited,
 * and only ever put into the composer.
 */
import { launchWords } from './launch-words';
import { withoutBlankEnds } from '../trim';
import { visibleText } from '../visible-text';

export interface Launch {
  readonly opens: 'models' | 'new-chat' | null;
  /** For the composer; empty for none. */
  readonly prompt: string;
  /** The prompt is the beginning of a longer one. */
  readonly isCut: boolean;
  /** Something was posted to the share target, and waits in the service worker. */
  readonly isShare: boolean;
}

/** In characters: more than a person would put into a link. */
export const maxPromptLength = 4000;
/** As much as a text file may have; far more than a context window holds. */
export const maxTextLength = 100_000;

/** `url` is absolute, and in the app's scope. */
export function readLaunch(url: string): Launch {
  const words = launchWords(url);
  const open = words.get('open');
  const link = words.get('protocol');
  const prompt = link === null ? (words.get('prompt') ?? '') : promptOf(link);
  const { text, isCut } = incomingText(prompt, maxPromptLength);
  return {
    opens: open === 'models' || open === 'new-chat' ? open : null,
    prompt: text,
    isCut,
    isShare: words.has('shared'),
  };
}

export interface IncomingText {
  readonly text: string;
  readonly isCut: boolean;
}

/** A text from outside, as it may be put into the composer; at most so many characters of it. */
export function incomingText(text: string, maxLength = maxTextLength): IncomingText {
  const whole = withoutBlankEnds(visibleText(text));
  // Half of a character of two code units is none.
  const cut = whole.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
  return { text: cut, isCut: whole.length > maxLength };
}

/** Of `web+corral:?prompt=…`, or of `web+corral:…` with nothing but the text. */
function promptOf(link: string): string {
  if (link.length > 10 * maxPromptLength) return '';
  const rest = /^web\+corral:(?:\/\/)?(.*)$/is.exec(link)?.[1] ?? '';
  const query = /^[^?]*\?(.*)$/s.exec(rest)?.[1];
  const prompt = query === undefined ? null : new URLSearchParams(query).get('prompt');
  if (prompt !== null) return prompt;
  try {
    return decodeURIComponent(rest);
  } catch {
    return ''; // not what a link's maker can have meant
  }
}
