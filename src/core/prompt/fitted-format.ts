/** Fits the texts of a format to a model's vocabulary; also the formats that are known by name. */
import type { FormatTexts, TemplateId, TurnFormat } from './prompt-format';

export const roleTurns = (turn: (role: string) => FormatTexts['user']): FormatTexts => ({
  system: turn('system'),
  systemPlace: 'turn',
  laterSystem: true,
  noSystem: '',
  user: turn('user'),
  assistant: turn('assistant'),
  generation: turn('assistant').before,
  trims: [],
  dropsThoughts: false,
  stop: [],
});

/** ChatML, as in SmolLM2's tokenizer_config.json: `<|im_start|>role\n…<|im_end|>\n`. */
export const chatmlTexts = roleTurns((role) => ({
  before: `<|im_start|>${role}\n`,
  after: '<|im_end|>\n',
}));

/** Zephyr's format, as in TinyLlama-Chat's tokenizer_config.json: `<|role|>\n…</s>\n`. */
export const zephyrTexts = roleTurns((role) => ({ before: `<|${role}|>\n`, after: '</s>\n' }));

/** The facts about a model's vocabulary that formats need. */
export interface Vocabulary {
  readonly bos: string;
  /** Special tokens, which are never found in typed text. */
  readonly control: readonly string[];
  /** Added tokens, which are found in any text. */
  readonly defined: readonly string[];
  /** SentencePiece puts a space in front of each text that follows a control token. */
  readonly addsSpace: boolean;
  /** White space after a control token is dropped (Phi 3). */
  readonly stripsSpace: boolean;
}

/** Longer lines are not role marks but words, such as default instructions. */
const maxMarkCharacters = 40;

/** A vocabulary that leaves a format's texts unchanged. */
export const plainVocabulary: Vocabulary = {
  bos: '',
  control: [],
  defined: [],
  addsSpace: false,
  stripsSpace: false,
};

/** Adapts the format to this vocabulary. */
export function fitted(texts: FormatTexts, vocabulary: Vocabulary): TurnFormat {
  const { system, user, assistant } = texts;
  const around = [system, user, assistant].flatMap(({ before, after }) => [before, after]);
  const { thinking } = texts;
  const generations = thinking ? [thinking.withThoughts, thinking.without] : [];
  const fixed = [...around, texts.noSystem, texts.generation, ...generations];
  const isUsed = (token: string) => fixed.some((one) => one.includes(token));
  const [control, defined] = [vocabulary.control, vocabulary.defined].map((all) =>
    all.filter(isUsed),
  ) as [string[], string[]];
  const tokens = [...control, ...defined];
  const fit = (value: string) => withoutSpaces(value, tokens, vocabulary);
  const fitAround = ({ before, after }: typeof user) => ({
    before: fit(before),
    after: fit(after),
  });
  /** Fits a text that directly follows the question's end. */
  const fitBehind = (value: string) => fit(user.after + value).slice(fit(user.after).length);
  const [last] = pieces(user.after + assistant.before, tokens).slice(-1);
  const isAfterToken = last === undefined || tokens.includes(last);
  return {
    ...texts,
    system: fitAround(system),
    user: fitAround(user),
    assistant: { before: fitBehind(assistant.before), after: fit(assistant.after) },
    noSystem: fit(texts.noSystem),
    generation: fitBehind(texts.generation),
    ...(thinking
      ? {
          thinking: {
            ...thinking,
            withThoughts: fitBehind(thinking.withThoughts),
            without: fitBehind(thinking.without),
          },
        }
      : {}),
    bos: vocabulary.bos,
    addsSpace: vocabulary.addsSpace,
    control: tokens,
    forgeable: forgeableMarks([...around, texts.generation], control, defined),
    leadSpace: assistant.before.endsWith(' ') || (vocabulary.addsSpace && isAfterToken),
  };
}

export const turnFormats: Readonly<Record<Exclude<TemplateId, 'llama2'>, TurnFormat>> = {
  chatml: fitted(chatmlTexts, { ...plainVocabulary, control: ['<|im_start|>', '<|im_end|>'] }),
  zephyr: fitted(zephyrTexts, { ...plainVocabulary, control: ['</s>'], addsSpace: true }),
};

/** Cuts a text so that each token in it stands alone. */
export function pieces(value: string, tokens: readonly string[]): string[] {
  const longestFirst = [...tokens].sort((a, b) => b.length - a.length);
  const found: string[] = [];
  let rest = value;
  while (rest !== '') {
    let [at, token] = [rest.length, ''];
    for (const one of longestFirst) {
      const place = rest.indexOf(one);
      if (place >= 0 && place < at) [at, token] = [place, one];
    }
    found.push(...[rest.slice(0, at), token].filter((piece) => piece !== ''));
    rest = rest.slice(at + token.length);
  }
  return found;
}

/** Removes white space after a token that the vocabulary would double or drop. */
function withoutSpaces(value: string, tokens: readonly string[], vocabulary: Vocabulary): string {
  const { addsSpace, stripsSpace } = vocabulary;
  if (!addsSpace && !stripsSpace) return value;
  return pieces(value, tokens)
    .map((piece, at, all) => {
      if (!tokens.includes(all[at - 1] ?? '')) return piece;
      if (stripsSpace) return piece.trimStart();
      return piece.startsWith(' ') ? piece.slice(1) : piece;
    })
    .join('');
}

/** The parts of the fixed texts that could be typed: whole lines, and tokens that are found in any text. */
function forgeableMarks(
  fixed: readonly string[],
  control: readonly string[],
  defined: readonly string[],
): string[] {
  const lines = fixed
    .flatMap((one) => pieces(one, control))
    .filter((piece) => !control.includes(piece))
    .flatMap((piece) => pieces(piece, defined))
    .flatMap((piece) => piece.split(/\s(?=[<[])|\n/))
    .map((line) => line.trim())
    .filter((line) => line.length <= maxMarkCharacters && /\w/.test(line) && /[^\w\s]/.test(line));
  return [...new Set([...lines, ...defined.filter((one) => /\w/.test(one))])];
}
