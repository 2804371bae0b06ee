/** Licences of model families whose terms a visitor accepts before the first download. */
import { llama2Licence, looksLikeLlama2 } from './llama-2';
import type { Licence } from './model';

function llama3(version: string, released: string, path: string): Licence {
  const name = `Llama ${version}`;
  return {
    name: `${name} Community License`,
    url: `https://www.llama.com/${path}/license/`,
    terms: {
      kind: 'llama-3',
      version: released,
      policyUrl: `https://www.llama.com/${path}/use-policy/`,
      notice: `Built with Llama. ${name} is licensed under the ${name} Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.`,
    },
  };
}

export const llama31Licence = llama3('3.1', '2024-07-23', 'llama3_1');
export const llama32Licence = llama3('3.2', '2024-09-25', 'llama3_2');

export const gemmaLicence: Licence = {
  name: 'Gemma Terms of Use',
  url: 'https://ai.google.dev/gemma/terms',
  terms: {
    kind: 'gemma',
    version: '2025-03-24',
    policyUrl: 'https://ai.google.dev/gemma/prohibited_use_policy',
    notice:
      'Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms',
  },
};

/** The licence of Qwen 2.5 with 3 billion parameters; the other sizes are under Apache-2.0. */
export const qwenResearchLicence: Licence = {
  name: 'Qwen Research License Agreement',
  url: 'https://huggingface.co/Qwen/Qwen2.5-3B-Instruct/blob/main/LICENSE',
  terms: {
    kind: 'qwen-research',
    version: '2024-09-19',
    policyUrl: null,
    notice:
      'Built with Qwen. Qwen is licensed under the Qwen RESEARCH LICENSE AGREEMENT, Copyright (c) Alibaba Cloud. All Rights Reserved.',
  },
};

export const mit: Licence = { name: 'MIT', url: 'https://opensource.org/license/mit' };

/** The first match counts. A model that is derived from another one is under the same licence. */
const byName: readonly (readonly [RegExp, Licence])[] = [
  [/llama[-_ ]?3[._]?2/i, llama32Licence],
  [/llama[-_ ]?3[._]?1|distill[-_ ]?llama/i, llama31Licence],
  [/gemma/i, gemmaLicence],
  [/qwen[-_ ]?2[._]5[-_ ](?:coder[-_ ])?3b/i, qwenResearchLicence],
];

/** The licence of a model of which only the name or the licence text of its file is known; null if it is unknown. */
export function licenceByName(name: string): Licence | null {
  if (looksLikeLlama2(name)) return llama2Licence;
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
