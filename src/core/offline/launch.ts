/**
 * Why the app was opened: a shortcut, a `web+corral:` link, a share, or a link with a prompt. The parameters
 * are in the URL fragment, which is never sent to a server. Any page may have made the address, so its text is
 * limited and only ever put into the composer.
 */
import { launchParams } from './launch-params';
import { withoutBlankEnds } from '../trim';
import { visibleText } from '../visible-text';

export interface Launch {
  readonly opens: 'models' | 'new-chat' | null;
  /** For the composer; empty for none. */
  readonly prompt: string;
  /** The prompt was cut off because it was too long. */
  readonly isCut: boolean;
  /** Something was posted to the share target and waits in the service worker. */
  readonly isShare: boolean;
}

/** In characters: more than anyone would put into a link. */
export const maxPromptLength = 4000;
/** The limit of a text file, in characters: far more than a context window holds. */
export const maxTextLength = 100_000;

/** `url` is absolute and in the app's scope. */
export function readLaunch(url: string): Launch {
  const words = launchParams(url);
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

/** Prepares an outside text for the composer; keeps at most `maxLength` characters. */
export function incomingText(text: string, maxLength = maxTextLength): IncomingText {
  const whole = withoutBlankEnds(visibleText(text));
  // Drops half of a surrogate pair at the cut.
  const cut = whole.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
  return { text: cut, isCut: whole.length > maxLength };
}

/** Reads `web+corral:?prompt=…`, or `web+corral:…` with just the text. */
function promptOf(link: string): string {
  if (link.length > 10 * maxPromptLength) return '';
  const rest = /^web\+corral:(?:\/\/)?(.*)$/is.exec(link)?.[1] ?? '';
  const query = /^[^?]*\?(.*)$/s.exec(rest)?.[1];
  const prompt = query === undefined ? null : new URLSearchParams(query).get('prompt');
  if (prompt !== null) return prompt;
  try {
    return decodeURIComponent(rest);
  } catch {
    return ''; // malformed escapes
  }
}
