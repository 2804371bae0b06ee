/** Models that a visitor adds: from an address, or from files on the device. */
import type { ModelFacts, ModelOrigin } from '../protocol/download';
import { AppError } from '../protocol/errors';
import type { TemplateId } from './chat-prompt';
import { llama2Licence, looksLikeLlama2, shortSystemPrompt } from './models/llama-2';
import { type CatalogueModel, ggufLimitBytes, type ModelCommon } from './models/model';

/** What is kept of such a model; all the rest follows. */
export interface OwnModel {
  readonly name: string;
  readonly facts: ModelFacts;
  readonly from:
    | { readonly kind: 'gguf'; readonly fileName: string; readonly url: string | null }
    | {
        readonly kind: 'mlc';
        readonly folderUrl: string | null;
        readonly libraryUrl: string | null;
      };
}

/** What was found under an address or among picked files, before it was looked into. */
export interface FoundModel {
  readonly name: string;
  readonly origin: ModelOrigin;
}

/**
 * Weights, KV cache and working memory, in times of the weights. Measured: 1.1 to 1.4 on the CPU; on the GPU
 * 2.1 for 7B in 32-bit floats, whose KV cache of 4,096 tokens is as large as its weights.
 */
const memoryShare = { gguf: 1.3, mlc: 2.1 } as const;

/** As much as a browser's memory is likely to hold beside the weights. */
const contextLimits = { gguf: 2048, mlc: 4096 } as const;

/** Throws `model-too-large` for a GGUF that the CPU engine cannot hold. */
export function ownModel({ name, origin }: FoundModel, facts: ModelFacts): OwnModel {
  const { sizeBytes: needBytes } = facts;
  if (origin.kind === 'gguf' && needBytes > ggufLimitBytes) {
    throw new AppError('model-too-large', { name, needBytes, limitBytes: ggufLimitBytes });
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
  return { name, facts, from };
}

/** The model as the catalogue has it. Throws `prompt-format-unknown`. */
export function asCatalogueModel({ name, facts, from }: OwnModel): CatalogueModel {
  const template = detectTemplate(facts.template, name);
  if (!template) throw new AppError('prompt-format-unknown');
  const id = `own-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  const common: Omit<ModelCommon, 'engine'> = {
    id,
    name,
    family: 'own',
    downloadBytes: facts.sizeBytes,
    memoryBytes: Math.round(facts.sizeBytes * memoryShare[from.kind]),
    contextTokens: Math.min(facts.contextTokens || Infinity, contextLimits[from.kind]),
    template,
    systemPrompt: shortSystemPrompt,
    // Nothing is known of how it takes a system text.
    defaults: { safety: 'direct', asOf: 'off' },
    sampling: { temperature: 0.6, topP: 0.9, repeatPenalty: 1.1, maxReplyTokens: 400 },
    licence: looksLikeLlama2(`${name} ${facts.licence}`) ? llama2Licence : null,
  };
  if (from.kind === 'gguf') {
    const file = { name: from.fileName, url: from.url, sizeBytes: facts.sizeBytes, sha256: null };
    return { ...common, engine: 'wllama', file };
  }
  return {
    ...common,
    engine: 'webllm',
    weightsId: id,
    modelUrl: from.folderUrl,
    libraryUrl: from.libraryUrl,
    pinned: {},
    gpuFeatures: facts.quantisation.includes('f16') ? ['shader-f16'] : [],
    largestBufferBytes: facts.largestTensorBytes,
  };
}

/** From a GGUF's Jinja template, the name of MLC's template, or else the model's own name. */
export function detectTemplate(template: string, modelName: string): TemplateId | null {
  if (template.includes('<|im_start|>') || /^chatml/i.test(template)) return 'chatml';
  if (template.includes('<<SYS>>') || /^llama-2$/i.test(template)) return 'llama2';
  if (template.includes('<|assistant|>') && template.includes('eos_token')) return 'zephyr';
  // Early GGUF files of Llama 2 carry no template.
  return template === '' && /llama[-_ ]?2.*chat/i.test(modelName) ? 'llama2' : null;
}

/** Of what was stored, what still has the right shape. */
export function readOwnModels(stored: unknown): readonly OwnModel[] {
  return Array.isArray(stored) ? stored.filter(isOwnModel) : [];
}

function isOwnModel(value: unknown): value is OwnModel {
  const { name, facts, from } = (value ?? {}) as Partial<OwnModel>;
  if (typeof name !== 'string' || typeof from !== 'object' || typeof facts !== 'object') {
    return false;
  }
  try {
    asCatalogueModel(value as OwnModel);
    return Number.isSafeInteger(facts.sizeBytes);
  } catch {
    return false;
  }
}
