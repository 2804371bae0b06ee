/**
 * Samples an answer that is a JSON object, any or one of a schema. The model's own choice is used if the object can
 * continue with it. Otherwise a token is sampled from those that fit. This equals sampling from the model's
 * probabilities under the condition that the text is JSON.
 */
import type { GenerateParams } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { readJsonSchema } from '../../src/core/prompt/json-schema';
import { JsonText } from './json-text';

export interface LikelyToken {
  readonly token: number;
  /** Relative to the probabilities of the other candidates. */
  readonly p: number;
}

/** The properties of a model that are needed besides its sampling. */
export interface JsonModel {
  /** The bytes of each token by its id; empty for tokens without text, such as the end of an answer. */
  vocabulary(): Promise<readonly Uint8Array[]>;
  /** The most likely candidates for the next token, most likely first. */
  likeliest(count: number): Promise<readonly LikelyToken[]>;
}

/** So many candidates are nearly always enough. If none fits, all tokens are tried. */
const fewCandidates = 64;
const none = new Uint8Array();

export class JsonSampling {
  readonly #model: JsonModel;
  readonly #params: GenerateParams;
  readonly #vocabulary: readonly Uint8Array[];
  readonly #random: () => number;
  readonly #text: JsonText;
  readonly #utf8 = new TextDecoder();

  static async start(model: JsonModel, params: GenerateParams): Promise<JsonSampling> {
    return new JsonSampling(model, params, await model.vocabulary());
  }

  private constructor(model: JsonModel, params: GenerateParams, vocabulary: readonly Uint8Array[]) {
    this.#model = model;
    this.#params = params;
    this.#vocabulary = vocabulary;
    this.#text = jsonText(params.responseFormat);
    if (params.partial) this.#text.add(new TextEncoder().encode(params.partial));
    this.#random = params.seed === undefined ? Math.random : seeded(params.seed);
  }

  get isWhole(): boolean {
    return this.#text.isWhole;
  }

  /** `sampled` is the model's own choice; null if it ends the answer. */
  async next(sampled: number | null): Promise<{ readonly token: number; readonly text: string }> {
    const token = sampled !== null && this.#accepts(sampled) ? sampled : await this.#choose();
    const bytes = this.#bytesOf(token);
    this.#text.add(bytes);
    // A character may consist of several tokens.
    return { token, text: this.#utf8.decode(bytes, { stream: true }) };
  }

  async #choose(): Promise<number> {
    for (const count of [fewCandidates, this.#vocabulary.length]) {
      const fitting = this.#fittingOf(await this.#model.likeliest(count));
      if (fitting.length > 0) return pick(fitting, this.#params, this.#random);
    }
    throw new AppError('engine-failed', {}, { cause: 'no token of the model can go on in JSON' });
  }

  #fittingOf(candidates: readonly LikelyToken[]): readonly LikelyToken[] {
    const fitting: LikelyToken[] = [];
    for (const candidate of candidates) {
      if (this.#accepts(candidate.token)) fitting.push(candidate);
      if (fitting.length === fewCandidates) break;
    }
    return fitting;
  }

  #accepts(token: number): boolean {
    return this.#text.accepts(this.#bytesOf(token));
  }

  /** A model may have more logits than its vocabulary has tokens. */
  #bytesOf(token: number): Uint8Array {
    return this.#vocabulary[token] ?? none;
  }
}

/** Throws for an unsupported schema; the caller has validated it before. */
function jsonText(format: GenerateParams['responseFormat']): JsonText {
  if (typeof format !== 'object') return new JsonText();
  const read = readJsonSchema(format.schema);
  if ('fault' in read) throw new AppError('engine-failed', {}, { cause: `schema: ${read.fault}` });
  return new JsonText(read.root);
}

/** Draws by temperature and top-p, as the engines do. The candidates come most likely first. */
export function pick(
  candidates: readonly LikelyToken[],
  { temperature, topP }: Pick<GenerateParams, 'temperature' | 'topP'>,
  random: () => number,
): number {
  const [first] = candidates;
  if (!first) throw new Error('there is nothing to pick from');
  if (temperature === 0 || !(first.p > 0)) return first.token;
  const weights = candidates.map(({ p }) => (p / first.p) ** (1 / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let nucleus = 0;
  const inside = weights.filter((weight) => {
    const isInside = nucleus < topP * total;
    if (isInside) nucleus += weight;
    return isInside;
  });
  let left = random() * nucleus;
  const at = inside.findIndex((weight) => (left -= weight) < 0);
  return (candidates[at] ?? first).token;
}

/** Random numbers from 0 to 1, the same for the same seed: Marsaglia's 32-bit xorshift. */
function seeded(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
