/**
 * Bytes to text by what they are, not by a file's name: Unicode, what the document itself declares, Windows-1252, or
 * Japanese; null for what is no text. Throws `document-encoding` for text of another encoding.
 */
import { AppError } from '../../src/protocol/errors';

/** Enough to tell; what follows is decoded all the same. */
const sampleBytes = 65_536;

export function decodeText(bytes: Uint8Array): string | null {
  const encoding = byMark(bytes) ?? withoutMark(bytes);
  if (encoding === null) return null;
  // The mark itself is left out by the decoder.
  const text = new TextDecoder(encoding).decode(bytes);
  // Line ends of one kind: lines and paragraphs are told by them.
  return hasControls(text.slice(0, sampleBytes)) ? null : text.replace(/\r\n?/g, '\n');
}

/** A part of a packed document: UTF-8 unless it says otherwise. */
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

/** In most scripts, spaces and digits at least have a zero on one side; where they are few, the letters decide. */
function utf16(sample: Uint8Array, odd: number, even: number): string | null {
  const encoding = even === 0 ? 'utf-16le' : odd === 0 ? 'utf-16be' : null;
  if (encoding === null || odd + even > sample.length / 20) return encoding;
  const characters = [...new TextDecoder(encoding).decode(sample)];
  const usual = characters.filter((character) => /[\p{L}\p{M}\p{N}\p{P}\s]/u.test(character));
  return usual.length > 0.95 * characters.length ? encoding : null;
}

/** A few broken bytes among many whole characters are damage, and no other encoding. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  const bad = text.match(/\ufffd/g)?.length ?? 0;
  if (bad === 0) return true;
  const good = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  return good > 4 * bad;
}

/** By an XML declaration or a page's `<meta>`; null if it names none that a browser knows. */
function declared(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, 2048));
  const [, label] =
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)/i.exec(head) ??
    /<meta\b[^>]*\bcharset\s*=\s*["']?([\w-]+)/i.exec(head) ??
    [];
  // In UTF-16 itself these letters would not stand there as they do.
  if (label === undefined || /^(?:utf-?16|ucs-?2)/i.test(label)) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Letters beyond ASCII stand alone in Western European words, and side by side in other scripts. */
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

/** Every Japanese text has many hiragana; other encodings' bytes, read as Japanese, have not. */
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

/** Of no text but of data: all below the space but tab, line ends, form feed and escape. */
function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text);
}
