/** The bytes that a vocabulary's tokens stand for, from a Hugging Face `tokenizer.json` or SentencePiece's pieces. */
import type { WebLlmTokenizer } from './tokenizer';

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

type Part = { readonly type?: string } & Readonly<Record<string, unknown>>;

/** What is used of a `tokenizer.json`; absent where the model has SentencePiece's own file instead. */
export interface TokenizerFile {
  readonly added_tokens?: readonly AddedToken[];
  readonly decoder?: unknown;
  readonly pre_tokenizer?: unknown;
  readonly model?: unknown;
}

/** How ordinary tokens are written. */
type Writing = 'byte-level' | 'pieces';

/**
 * By id, none for control tokens; they are read once. Null where the file does not say how its tokens are written:
 * those of WordPiece leave spaces out.
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
/** Where a vocabulary lists control tokens as any others; `<0x0A>` is a byte. */
export const looksLikeControl = /^<(?!0x[\dA-F]{2}>)[^<>\s]+>$/;

function writingOf({ decoder, pre_tokenizer: before, model }: TokenizerFile): Writing | null {
  const types = [...typesIn(decoder), ...typesIn(before)];
  if (types.includes('ByteLevel')) return 'byte-level';
  const hasBytes = (model as { byte_fallback?: unknown } | undefined)?.byte_fallback === true;
  const isPieces =
    hasBytes || ['ByteFallback', 'Metaspace', 'Replace'].some((type) => types.includes(type));
  return isPieces ? 'pieces' : null;
}

/** Of a part, or of those that it is a sequence of. */
function typesIn(value: unknown): readonly string[] {
  const part = (value ?? {}) as Part;
  const inside = [part['decoders'], part['pretokenizers']].filter(Array.isArray).flat() as Part[];
  return [part, ...inside].flatMap(({ type }) => (typeof type === 'string' ? [type] : []));
}

/**
 * GPT-2's way: each byte is a character. Those that can be seen are themselves, and the others follow each other from
 * U+0100. Control tokens that the file does not list as added ones have other characters, and no bytes.
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

/** SentencePiece's: `▁` is a space, and `<0x0A>` a byte of a character that has no token of its own. */
export function pieceBytes(token: string): Uint8Array {
  const byte = /^<0x([\dA-F]{2})>$/.exec(token)?.[1];
  if (byte !== undefined) return Uint8Array.of(parseInt(byte, 16));
  return new TextEncoder().encode(token.replaceAll('▁', ' '));
}
