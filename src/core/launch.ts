/**
 * What the app was opened for: a shortcut, a `web+corral:` link, a share, a link with a prompt. Any page may
 * have made the address, so its text is limited, and only ever put into the composer.
 */
import { withoutBlankEnds } from './conversation';

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

/**
 * Control characters except tab and line feed, changes of the writing direction, and invisible tags:
 * they could hide a part of a prompt from the person who is about to send it.
 */
// eslint-disable-next-line no-control-regex
const hidden = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** `url` is absolute, and in the app's scope. */
export function readLaunch(url: string): Launch {
  const { searchParams } = new URL(url);
  const open = searchParams.get('open');
  const link = searchParams.get('protocol');
  const prompt = link === null ? (searchParams.get('prompt') ?? '') : promptOf(link);
  const { text, isCut } = incomingText(prompt, maxPromptLength);
  return {
    opens: open === 'models' || open === 'new-chat' ? open : null,
    prompt: text,
    isCut,
    isShare: searchParams.has('shared'),
  };
}

/** Whether the address says anything that `readLaunch` understands. */
export function isLaunch(url: string): boolean {
  const { searchParams } = new URL(url);
  return ['open', 'protocol', 'prompt', 'shared'].some((name) => searchParams.has(name));
}

export interface IncomingText {
  readonly text: string;
  readonly isCut: boolean;
}

/** A text from outside, as it may be put into the composer; at most so many characters of it. */
export function incomingText(text: string, maxLength = maxTextLength): IncomingText {
  const clean = text.toWellFormed().replaceAll('\r\n', '\n').replace(hidden, '');
  const whole = withoutBlankEnds(clean);
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
