/**
 * Decodes bytes to text by their content, not by the file's name: Unicode, the encoding that the document declares,
 * Windows-1252, or Japanese. Null if the bytes are not text. Throws `document-encoding` for text of another encoding.
 */
import { AppError } from '../../src/protocol/errors';

/** The number of bytes from which the encoding is detected. */
const sampleBytes = 65_536;

export function decodeText(bytes: Uint8Array): string | null {
  const encoding = byMark(bytes) ?? withoutMark(bytes);
  if (encoding === null) return null;
  // The decoder removes the mark itself.
  const text = new TextDecoder(encoding).decode(bytes);
  // All line breaks become the same, since lines and paragraphs are found by them.
  return hasControls(text.slice(0, sampleBytes)) ? null : text.replace(/\r\n?/g, '\n');
}

/** Decodes a part of a packed document: UTF-8 unless it declares another encoding. */
export function decodeMarkup(bytes: Uint8Array): string {
  return new TextDecoder(byMark(bytes) ?? declared(bytes) ?? 'utf-8').decode(bytes);
}

function byMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function withoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, sampleBytes);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]! += 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd + even > 0) return utf16(sample, odd, even);
  if (isUtf8(bytes)) return latin1(sample).includes('\u001b$B') ? 'iso-2022-jp' : 'utf-8';
  return declared(bytes) ?? undeclared(sample);
}

/**
 * In most scripts, at least spaces and digits have a zero byte on one side. If there are few of them, the letters
 * decide.
 */
function utf16(sample: Uint8Array, odd: number, even: number): string | null {
  const encoding = even === 0 ? 'utf-16le' : odd === 0 ? 'utf-16be' : null;
  if (encoding === null || odd + even > sample.length / 20) return encoding;
  const characters = [...new TextDecoder(encoding).decode(sample)];
  const usual = characters.filter((character) => /[\p{L}\p{M}\p{N}\p{P}\s]/u.test(character));
  return usual.length > 0.95 * characters.length ? encoding : null;
}

/** A few broken bytes among many valid characters are damage, not another encoding. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  const bad = text.match(/\ufffd/g)?.length ?? 0;
  if (bad === 0) return true;
  const good = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  return good > 4 * bad;
}

/** Reads the encoding from an XML declaration or a `<meta>`; null if there is none that the browser supports. */
function declared(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, 2048));
  const [, label] =
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)/i.exec(head) ??
    /<meta\b[^>]*\bcharset\s*=\s*["']?([\w-]+)/i.exec(head) ??
    [];
  // If the text were in UTF-16, the declaration could not be read as these letters.
  if (label === undefined || /^(?:utf-?16|ucs-?2)/i.test(label)) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** In Western European words, non-ASCII letters are single; in other scripts they are side by side. */
function undeclared(sample: Uint8Array): string {
  const runs = (latin1(sample).match(/[\u0080-\u00ff\u0152-\u2122]+/g) ?? []).filter(
    // A line is drawn with one sign.
    (run) => !/^(.)\1+$/.test(run),
  );
  const total = runs.reduce((sum, { length }) => sum + length, 0);
  if (total < 8 || total <= 2.5 * runs.length) return 'windows-1252';
  const japanese = ['shift_jis', 'euc-jp'].find((encoding) => isJapanese(sample, encoding));
  if (japanese) return japanese;
  throw new AppError('document-encoding');
}

/** Every Japanese text has many hiragana. Bytes of other encodings, decoded as Japanese, have few. */
function isJapanese(sample: Uint8Array, encoding: string): boolean {
  try {
    // The sample may end within a character.
    const text = new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    const others = text.match(/[^\0-\x7f]/g)?.length ?? 0;
    return (text.match(/[\u3041-\u3096]/g)?.length ?? 0) > 0.1 * others;
  } catch {
    return false;
  }
}

/**
 * Control characters that occur in data and not in text: all below the space except tab, line breaks, form feed and
 * escape.
 */
function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text);
}
