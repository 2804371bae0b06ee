/** Models that a visitor adds: from an address, or from files on the device. */
import {
  type FormatFault,
  formatFaults,
  type ModelFacts,
  type ModelOrigin,
  type PinnedHashes,
} from '../../protocol/download';
import { AppError } from '../../protocol/errors';
import { turnFormats } from '../prompt/fitted-format';
import {
  type PromptFormat,
  type TemplateId,
  templateIds,
  thinkingOf,
  isTurnFormat,
} from '../prompt/prompt-format';
import { checked, Reading, readOrNull, record } from '../schema';
import type { Capabilities } from './choose-engine';
import { shortSystemPrompt } from './llama-2';
import { minContextTokens, wasmLimitBytes } from './context-tokens';
import { licenceByName } from './licences';
import { contextOf, memoryOf } from './custom-model-memory';
import { type CatalogueModel, ggufLimitBytes, llamaCppSampling, type ModelCommon } from './model';
import { readModelSampling } from '../prompt/sampling';

/** The format that a visitor chose instead of the model's own. */
export interface ChosenFormat {
  /** An id of `chosen-format`'s known formats, or `written`. */
  readonly id: string;
  readonly format: PromptFormat;
}

/** The stored record of such a model; everything else is derived from it. */
export interface CustomModel {
  /** The id of its weights, also stored in its answers; unique. */
  readonly id: string;
  readonly name: string;
  readonly facts: ModelFacts;
  /** Absent if the model's own format is used. Unchecked when stored. */
  readonly chosen?: ChosenFormat;
  readonly from: (
    | { readonly kind: 'gguf'; readonly fileName: string; readonly url: string | null }
    | {
        readonly kind: 'mlc';
        readonly folderUrl: string | null;
        readonly libraryUrl: string | null;
      }
  ) & {
    /** Hashes that were known before the download, by the name under which a file is stored. */
    readonly hashes?: PinnedHashes;
  };
}

/** A model at an address or among picked files, before it is inspected. */
export interface FoundModel {
  readonly name: string;
  readonly origin: ModelOrigin;
  /** Present if the source of the address also gave the files' hashes. */
  readonly hashes?: PinnedHashes;
  /** It is on Corral's list, which shows the errors of its download. */
  readonly isListed?: true;
}

/** Throws `model-too-large` for a GGUF that the CPU engine cannot hold, even with the smallest context. */
export function customModel(
  { name, origin, hashes }: FoundModel,
  facts: ModelFacts,
  id: string,
): CustomModel {
  if (origin.kind === 'gguf') {
    const tooLarge = (needBytes: number, limitBytes: number) =>
      new AppError('model-too-large', { name, needBytes, limitBytes });
    if (facts.sizeBytes > ggufLimitBytes) throw tooLarge(facts.sizeBytes, ggufLimitBytes);
    const { bytes } = memoryOf(facts, 'gguf', minContextTokens);
    if (bytes > wasmLimitBytes) throw tooLarge(bytes, wasmLimitBytes);
  }
  const urlOf = (file: unknown) => (typeof file === 'string' ? file : null);
  const from =
    origin.kind === 'gguf'
      ? { kind: origin.kind, fileName: origin.name, url: urlOf(origin.file) }
      : {
          kind: origin.kind,
          folderUrl: urlOf(origin.folder),
          libraryUrl: urlOf(origin.library),
        };
  return { id, name, facts, from: hashes ? { ...from, hashes } : from };
}

/** Thoughts count towards an answer's length: without a limit, many answers end within them. */
const thoughtfulAnswer = { maxAnswerTokens: 1024, thoughtTokens: 512 } as const;

/** The model as a catalogue entry; without a device, with a context size that fits any. */
export function asCatalogueModel(
  model: CustomModel,
  device: Capabilities | null = null,
): CatalogueModel {
  const { id, name, facts, from } = model;
  const known = chosenFormat(model)?.format ?? ownFormatOf(model);
  const template = known ?? 'chatml';
  const contextTokens = contextOf(facts, from.kind, device);
  const memory = memoryOf(facts, from.kind, contextTokens);
  const stop = typeof template === 'string' ? [] : template.stop;
  const common: Omit<ModelCommon, 'engine'> = {
    id,
    name,
    family: 'own',
    downloadBytes: facts.sizeBytes,
    memoryBytes: memory.bytes,
    contextTokens,
    template,
    ...(known ? {} : { needsFormat: faultOf(facts) }),
    systemPrompt: shortSystemPrompt,
    // Its reaction to a system text is unknown.
    defaults: { safety: 'direct', asOf: 'off' },
    sampling: {
      temperature: 0.6,
      topP: 0.9,
      repeatPenalty: 1.1,
      ...(from.kind === 'gguf' ? llamaCppSampling : {}),
      ...readModelSampling(facts.sampling),
      ...(thinkingOf(template) ? thoughtfulAnswer : { maxAnswerTokens: 400 }),
      ...(stop.length > 0 ? { stop } : {}),
    },
    licence: licenceByName(`${name} ${facts.licence}`),
  };
  if (from.kind === 'gguf') {
    const { fileName: name, url, hashes = {} } = from;
    const sha256 = Object.hasOwn(hashes, name) ? hashes[name]! : null;
    return { ...common, engine: 'wllama', file: { name, url, sizeBytes: facts.sizeBytes, sha256 } };
  }
  return {
    ...common,
    engine: 'webllm',
    weightsId: id,
    modelUrl: from.folderUrl,
    libraryUrl: from.libraryUrl,
    pinned: from.hashes ?? {},
    gpuFeatures: facts.quantisation.includes('f16') ? ['shader-f16'] : [],
    largestBufferBytes: Math.max(facts.largestTensorBytes, memory.layerBytes),
  };
}

const chosenSchema = record({
  id: checked<string>((id) => typeof id === 'string' && /^\w{1,20}$/.test(id)),
  format: checked<PromptFormat>((format) => format === 'llama2' || isTurnFormat(format)),
});

/** Null if none was chosen or the stored value is invalid. */
export function chosenFormat({ chosen }: CustomModel): ChosenFormat | null {
  return readOrNull(chosenSchema, chosen, new Reading(true));
}

const faultOf = ({ formatFault }: ModelFacts): FormatFault =>
  formatFaults.find((code) => code === formatFault) ?? 'template-missing';

/** Null for a model without a template whose name gives no hint. */
export function ownFormatOf({ facts, name }: CustomModel): PromptFormat | null {
  const { format, template, bos = '' } = facts;
  if (format === 'llama2') return format;
  if (isTurnFormat(format)) return format;
  const id = detectTemplate(template, name);
  return id && id !== 'llama2' && bos !== '' ? { ...turnFormats[id], bos } : id;
}

/** Detects the format from the model's template, or else from its name. */
export function detectTemplate(template: string, modelName: string): TemplateId | null {
  const known = templateIds.find((id) => id === template);
  if (known) return known;
  if (template === 'llama-2') return 'llama2'; // MLC's name
  if (template.includes('{')) return templateOfJinja(template);
  // Early GGUF files of Llama 2 have no template.
  return template === '' && /llama[-_ ]?2.*chat/i.test(modelName) ? 'llama2' : null;
}

/**
 * For a model that was added before templates were rendered: detects the format by the marks in the template, and by
 * the missing ones.
 */
function templateOfJinja(template: string): TemplateId | null {
  const has = (...marks: readonly string[]) => marks.some((mark) => template.includes(mark));
  if (has('<|im_start|>')) return has('<|im_sep|>') ? null : 'chatml';
  if (has('<<SYS>>')) return 'llama2';
  const isZephyr = has('<|assistant|>') && has('eos_token') && !has('<|end|>', '<|endoftext|>');
  return isZephyr ? 'zephyr' : null;
}
