/** The bytes that a vocabulary's tokens stand for, from a Hugging Face `tokenizer.json` or SentencePiece's pieces. */
import type { WebLlmTokenizer } from './tokenizer';

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

type Part = { readonly type?: string } & Readonly<Record<string, unknown>>;

/** The used part of a `tokenizer.json`; absent if the model has SentencePiece's own file instead. */
export interface TokenizerFile {
  readonly added_tokens?: readonly AddedToken[];
  readonly decoder?: unknown;
  readonly pre_tokenizer?: unknown;
  readonly model?: unknown;
}

/** How ordinary tokens are written. */
type Writing = 'byte-level' | 'pieces';

/**
 * Returns the bytes of each token by its id; empty for control tokens. Null if the file does not define how tokens are
 * written, as in WordPiece, which omits spaces.
 */
export function tokenBytes(
  tokenizer: Pick<WebLlmTokenizer, 'getVocabSize' | 'idToToken'>,
  file: TokenizerFile | null,
): (() => readonly Uint8Array[]) | null {
  const writing = file ? writingOf(file) : 'pieces';
  if (!writing) return null;
  const added = new Map(file?.added_tokens?.map((token) => [token.id, token]));
  const bytesOf = (_: unknown, id: number) => {
    const own = added.get(id);
    if (own) return own.special ? none : new TextEncoder().encode(own.content);
    const token = tokenizer.idToToken(id);
    if (writing === 'byte-level') return byteLevel(token);
    return file === null && looksLikeControl.test(token) ? none : pieceBytes(token);
  };
  let bytes: readonly Uint8Array[] | undefined;
  return () => (bytes ??= Array.from({ length: tokenizer.getVocabSize() }, bytesOf));
}

const none = new Uint8Array();
/** For vocabularies that list control tokens among the others. `<0x0A>` is a byte. */
export const looksLikeControl = /^<(?!0x[\dA-F]{2}>)[^<>\s]+>$/;

function writingOf({ decoder, pre_tokenizer: before, model }: TokenizerFile): Writing | null {
  const types = [...typesIn(decoder), ...typesIn(before)];
  if (types.includes('ByteLevel')) return 'byte-level';
  const hasBytes = (model as { byte_fallback?: unknown } | undefined)?.byte_fallback === true;
  const isPieces =
    hasBytes || ['ByteFallback', 'Metaspace', 'Replace'].some((type) => types.includes(type));
  return isPieces ? 'pieces' : null;
}

/** The type of a part, or the types of its parts if it is a sequence. */
function typesIn(value: unknown): readonly string[] {
  const part = (value ?? {}) as Part;
  const inside = [part['decoders'], part['pretokenizers']].filter(Array.isArray).flat() as Part[];
  return [part, ...inside].flatMap(({ type }) => (typeof type === 'string' ? [type] : []));
}

/**
 * GPT-2's encoding: each byte is one character. Printable bytes stay the same; the others are numbered from U+0100.
 * Control tokens that the file does not list as added tokens contain other characters and have no bytes.
 */
const byteOf = new Map<string, number>();
for (let byte = 0, hidden = 0; byte < 256; byte += 1) {
  const isSeen = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  byteOf.set(String.fromCodePoint(isSeen ? byte : 0x100 + hidden), byte);
  if (!isSeen) hidden += 1;
}

function byteLevel(token: string): Uint8Array {
  const bytes = [...token].map((char) => byteOf.get(char));
  return Uint8Array.from(bytes.every((byte) => byte !== undefined) ? bytes : []);
}

/** SentencePiece's encoding: `▁` is a space, and `<0x0A>` is a byte of a character that has no token of its own. */
export function pieceBytes(token: string): Uint8Array {
  const byte = /^<0x([\dA-F]{2})>$/.exec(token)?.[1];
  if (byte !== undefined) return Uint8Array.of(parseInt(byte, 16));
  return new TextEncoder().encode(token.replaceAll('▁', ' '));
}
