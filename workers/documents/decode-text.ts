/** Bytes to text by what they are, not by a file's name: UTF-8, UTF-16 or Windows-1252; null for what is no text. */

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
  // In most scripts' UTF-16, spaces and digits at least have a zero on one side alone.
  const most = sample.length / 20;
  if (odd > most && even === 0) return 'utf-16le';
  if (even > most && odd === 0) return 'utf-16be';
  if (even + odd > 0) return null;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Of no text but of data: all below the space but tab, line ends, form feed and escape. */
function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text);
}
