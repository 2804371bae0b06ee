/** Reads the prompt format from a GGUF's metadata: the template, the tokens of the vocabulary, and BOS. */
import { fitted, type Vocabulary } from '../../src/core/prompt/fitted-format';
import type { PromptFormat } from '../../src/core/prompt/prompt-format';
import { AppError } from '../../src/protocol/errors';
import { formatOfTemplate, startsWithBos } from './template-format';

type Metadata = Readonly<Record<string, unknown>>;

/** llama.cpp's token types. */
const [controlType, definedType] = [3, 4];
/** Vocabularies for which llama.cpp adds a BOS if the file does not say. */
const bosVocabularies = ['llama3', 'llama-v3', 'llama-bpe'];

/** Llama 3 has 250 reserved tokens, Gemma 6,000; a format uses a handful. */
const maxListed = 1000;
const reserved = /reserved|unused/i;

/** Throws `template-missing`, or the errors of `formatOfTemplate`. */
export function promptFormat(metadata: Metadata): PromptFormat {
  const jinja = metadata['tokenizer.chat_template'];
  if (typeof jinja !== 'string' || jinja.trim() === '') throw new AppError('template-missing');
  const token = (kind: 'bos' | 'eos') => tokenOf(metadata, kind);
  const texts = formatOfTemplate(jinja, { bos: token('bos'), eos: token('eos') });
  if (texts === 'llama2') return texts;
  return fitted(texts, vocabularyOf(metadata, jinja));
}

/** For formats that a visitor chooses. */
export function listedVocabulary(metadata: Metadata): Vocabulary {
  const jinja = metadata['tokenizer.chat_template'];
  const vocabulary = vocabularyOf(metadata, typeof jinja === 'string' ? jinja : '');
  return shortened(vocabulary);
}

export function shortened(vocabulary: Vocabulary): Vocabulary {
  const short = (tokens: readonly string[]) =>
    tokens.filter((token) => !reserved.test(token)).slice(0, maxListed);
  const { control, defined } = vocabulary;
  return { ...vocabulary, control: short(control), defined: short(defined) };
}

function tokenOf(metadata: Metadata, kind: 'bos' | 'eos'): string {
  const tokens = metadata['tokenizer.ggml.tokens'];
  const id = metadata[`tokenizer.ggml.${kind}_token_id`];
  const text: unknown = Array.isArray(tokens) && typeof id === 'number' ? tokens[id] : '';
  return typeof text === 'string' ? text : '';
}

function vocabularyOf(metadata: Metadata, jinja: string): Vocabulary {
  const [tokens, types] = ['tokens', 'token_type'].map((name) => {
    const list = metadata[`tokenizer.ggml.${name}`];
    return Array.isArray(list) ? (list as unknown[]) : [];
  }) as [unknown[], unknown[]];
  const bos = tokenOf(metadata, 'bos');
  const ofType = (type: number) =>
    tokens
      .filter((token, id): token is string => typeof token === 'string' && types[id] === type)
      .filter((token) => token.length > 1 && token.length <= 200);
  const isSentencePiece = metadata['tokenizer.ggml.model'] === 'llama';
  const addsBos =
    metadata['tokenizer.ggml.add_bos_token'] ??
    (isSentencePiece || bosVocabularies.includes(String(metadata['tokenizer.ggml.pre'])));
  // If llama.cpp adds a BOS, it removes the one that the template writes, so there is only one.
  const hasBos =
    (addsBos === true && !jinja.includes(`'${bos}'`)) ||
    startsWithBos(jinja, { bos, eos: tokenOf(metadata, 'eos') });
  const addsSpace = isSentencePiece && metadata['tokenizer.ggml.add_space_prefix'] !== false;
  return {
    bos: hasBos ? bos : '',
    control: ofType(controlType),
    defined: ofType(definedType),
    addsSpace,
    stripsSpace: addsSpace && metadata['general.architecture'] === 'phi3',
  };
}
