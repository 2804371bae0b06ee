/** English texts of the models that Corral lists, and of repositories on a model hub. */
import { formatter } from '../format';

const { number, size } = formatter('en');

export const moreModels = {
  more: {
    title: 'More models',
    text: (host: string) =>
      `They run on the graphics chip. Corral contacts ${host} when you press Add, and downloads the weights when you press Download. Their files were not checked when this app was built, so they are treated as a model that you add yourself: the first download is trusted, and a later change is reported.`,
    pinned: (host: string) =>
      `They run on the graphics chip. Corral contacts ${host} when you press Add, and downloads the weights when you press Download.`,
    noGpu:
      'The models in this list need WebGPU. On the processor you can run a GGUF file: add one below, from Hugging Face or from this device.',
    groups: {
      light: (limitBytes: number) =>
        `Up to ${size(limitBytes)} of memory: phones, any graphics chip`,
      middle: (limitBytes: number) =>
        `Up to ${size(limitBytes)} of memory: most laptops and new phones`,
      large: (limitBytes: number) => `Over ${size(limitBytes)} of memory: large graphics chips`,
      unfit: () => 'Not for this device: too large or incompatible',
    },
    count: (models: number) => (models === 1 ? 'one model' : `${models} models`),
    download: (bytes: number) => `${size(bytes)} to download`,
    best: 'Recommended for this device',
    add: 'Add',
    addModel: (name: string) => `Add ${name}`,
    adding: 'Checking the model…',
    goodAt: {
      'smollm2-360m': 'Questions, summaries and rewriting, in English.',
      'gemma-3-1b': 'Chat, summaries and rewriting, mainly in English.',
      'llama-3.2-1b': 'Summaries, rewriting and questions, in eight languages.',
      'qwen-2.5-0.5b': 'Questions and JSON, in 29 languages.',
      'qwen-2.5-coder-0.5b': 'Completes lines of code.',
      'qwen-3-0.6b': 'Thinks before it answers. Questions and arithmetic, in 100 languages.',
      'qwen-2.5-1.5b': 'Chat, JSON and arithmetic, in 29 languages.',
      'qwen-2.5-coder-1.5b': 'Completes and explains code.',
      'smollm2-1.7b': 'Chat, summaries and rewriting, in English.',
      'qwen-3-1.7b': 'Thinks before it answers. Chat and arithmetic, in 100 languages.',
      'gemma-2-2b': 'Chat and writing, mainly in English.',
      'llama-3.2-3b': 'Chat, summaries and writing to instructions, in eight languages.',
      'qwen-2.5-3b': 'Chat, JSON and mathematics, in 29 languages.',
      'qwen-2.5-coder-3b': 'Writes, explains and repairs code.',
      'phi-4-mini': 'Mathematics, logic and writing to instructions, in 23 languages.',
      'phi-3.5-mini': 'Mathematics, logic and code, in 23 languages.',
      'qwen-3-4b': 'Thinks before it answers. Chat, mathematics and code, in 100 languages.',
      'llama-3.1-8b': 'Chat, writing and code, in eight languages.',
      'qwen-2.5-7b': 'Chat, writing, JSON and mathematics, in 29 languages.',
      'qwen-2.5-coder-7b': 'Writes, explains and repairs code of several files.',
      'qwen-3-8b': 'Thinks before it answers. Writing, mathematics and code, in 100 languages.',
      'r1-qwen-7b': 'Thinks at length before it answers. Mathematics, logic and code.',
      'r1-llama-8b': 'Thinks at length before it answers. Mathematics, logic and writing.',
    },
  },
  variants: {
    others: (name: string) => `Other variants of ${name}`,
  },
  repository: {
    hub: 'Host of the repository',
    hubHint: 'Hugging Face, or a compatible mirror. Corral contacts it when you press Add.',
    title: (name: string) => `Files of ${name}`,
    commit: (commit: string) => `At commit ${commit.slice(0, 8)}, which does not change.`,
    files: 'Quantisations',
    memory: (bytes: number) => `about ${size(bytes)} of memory`,
    verified: 'Each download is checked against the hash that the host gives.',
    inParts: (models: number) =>
      models === 1
        ? 'One more model is split into parts, which Corral cannot join.'
        : `${number(models, 0)} more models are split into parts, which Corral cannot join.`,
    none: 'None of these runs well on this device.',
  },
};

export type MoreModelsMessages = typeof moreModels;
