/** English texts of licences, of stored models, and of models that a visitor adds. */
import { formatter } from '../format';

const { size } = formatter('en');

export const modelDialog = {
  licence: {
    intro: (name: string) => `${name} is free to use under its publisher’s terms. The main ones:`,
    terms: {
      'llama-2': [
        'You may use, copy and change the model, also in a business, and pass it on with the licence and the notice below.',
        'You follow Meta’s acceptable use policy: do not harm people, break laws or deceive others.',
        'You do not use the model or its answers to improve any other large language model.',
        'A company whose products had more than 700 million monthly users when Llama 2 came out needs a licence of its own from Meta.',
      ],
      'llama-3': [
        'You may use, copy and change the model, also in a business, and pass it on with the licence and the notice below.',
        'Whoever passes it on, or offers a product made with it, shows “Built with Llama”; a model made from it has a name that begins with “Llama”.',
        'You follow Meta’s acceptable use policy: do not harm people, break laws or deceive others.',
        'A company whose products had more than 700 million monthly users when this Llama came out needs a licence of its own from Meta.',
      ],
      gemma: [
        'You may use, copy and change the model, also in a business, and pass it on with these terms and the notice below.',
        'You follow Google’s prohibited use policy: do not harm people, break laws or deceive others.',
        'Whoever passes on the model, or one made from it, includes these terms and says what was changed. Google claims no rights in its answers.',
      ],
      'qwen-research': [
        'You may use, copy and change the model for research and evaluation, but not in a business.',
        'Whoever passes it on includes the licence and the notice below.',
        'A model that is made with it or with its answers shows “Built with Qwen” or “Improved using Qwen”.',
      ],
    },
    whole: 'The full text is what binds you:',
    fullText: 'licence',
    policy: 'acceptable use policy',
    accept: 'Accept',
    decline: 'Not now',
  },
  manage: {
    title: 'Storage on this device',
    label: (name: string) => `${name} on this device`,
    stored: (bytes: number, files: number) =>
      `On this device: ${size(bytes)} in ${files === 1 ? 'one file' : `${files} files`}`,
    inPart: (bytes: number) =>
      `Partly on this device: ${size(bytes)}. A download continues from there.`,
    check: 'Check',
    checkModel: (name: string) => `Check ${name}`,
    delete: 'Delete',
    deleteModel: (name: string) => `Delete ${name} from this device`,
    checking: (percent: number) => `Checking… ${percent} %`,
    whole: (files: number) =>
      files === 1 ? 'Checked: the file is intact.' : `Checked: all ${files} files are intact.`,
    damaged: (damaged: number, files: number) =>
      `${damaged} of ${files} files ${damaged === 1 ? 'was' : 'were'} damaged. A repair downloads only ${damaged === 1 ? 'that one' : 'those'}.`,
    repair: 'Repair',
    repairModel: (name: string) => `Repair ${name}`,
    failed: 'The check failed. Try again.',
    download: 'Download',
    downloadModel: (name: string) => `Download ${name}`,
    remove: 'Remove',
    removeModel: (name: string) => `Remove ${name} from the list`,
    total: (bytes: number) => `All models on this device: ${size(bytes)}.`,
    deleteAll: 'Delete all',
    deleteAllModels: 'Delete all models from this device',
    free: (bytes: number) =>
      `The browser estimates about ${size(bytes)} of free space; the disk may be full sooner.`,
    kept: 'This browser keeps the models until you delete them.',
    notKept: 'This browser may delete the models when the device runs low on space.',
  },
  add: {
    title: 'Add a model of your own',
    text: 'A repository on Hugging Face, a GGUF file, or an MLC folder with its compiled library. The model’s chat template defines its prompt format.',
    modelAddress: 'Address of the file or folder, or a repository (owner/name)',
    libraryAddress: 'Address of the library (.wasm), for a folder',
    add: 'Add',
    adding: 'Checking the model…',
    fromDevice:
      'Or add files from this device: nothing is downloaded. You can also drop them here.',
    pickFile: 'Choose a GGUF file',
    pickFolder: 'Choose an MLC folder',
  },
  format: {
    title: 'Prompt format',
    of: (name: string) => `Prompt format of ${name}`,
    choose: 'Format',
    own: 'From the model itself',
    written: 'Written by you',
    texts: '\\n is a line break.',
    before: {
      system: 'Before the instructions',
      user: 'Before a question',
      assistant: 'Before an answer',
    },
    after: {
      system: 'After the instructions',
      user: 'After a question',
      assistant: 'After an answer',
    },
    inQuestion: 'Put the instructions inside the first question',
    preview: 'A short conversation in this format',
    marked:
      'Framed texts are control tokens of the model; no message can contain them. ↵ is a line break.',
    unmarked:
      'None of these marks is a control token of the model, so it reads them as plain text. ↵ is a line break.',
    use: 'Use this format',
    inUse: 'This format is in use.',
    changed: 'This format is not in use yet.',
  },
  evaluateLink: { question: 'How well do they run on this device?', open: 'Evaluate' },
  notOffered:
    'Not offered: Llama 2 34B, which Meta never released, and 70B, which needs about 40 GB of memory.',
};

export type ModelDialogMessages = typeof modelDialog;
