/** Turns the `conv_template` of an `mlc-chat-config.json` into a format, as WebLLM 0.2.86 writes its prompts. */
import { fitted, type Vocabulary } from '../../src/core/prompt/fitted-format';
import type { FormatTexts, PromptFormat } from '../../src/core/prompt/prompt-format';
import { formatOfTemplate } from './template-format';

type Json = Readonly<Record<string, unknown>>;

/**
 * `tokenizer` is a parsed `tokenizer_config.json`, if there is one. Null if the folder has no such template.
 */
export function mlcFormat(config: Json, tokenizer: unknown): PromptFormat | null {
  const template = objectOf(config['conv_template']);
  if (template['name'] === 'llama-2') return 'llama2';
  const roles = objectOf(template['roles']);
  const separators = textsOf(template['seps']);
  const [userRole, assistantRole] = [roles['user'], roles['assistant']];
  if (typeof userRole !== 'string' || typeof assistantRole !== 'string') return null;
  if (separators.length === 0) return null;
  const [userEnd = '', answerEnd = userEnd] = separators;
  const contentSeparator = textOr(template['role_content_sep'], ': ');
  const message = (role: string) => {
    const written = objectOf(template['role_templates'])[role];
    const [before = '', after = ''] =
      typeof written === 'string' ? written.split(`{${role}_message}`) : [];
    return { before, after };
  };
  const frame = (role: 'user' | 'assistant', name: string, end: string) => ({
    before: name + contentSeparator + message(role).before,
    after: message(role).after + end,
  });
  const systemParts = textOr(template['system_template'], '{system_message}').split(
    '{system_message}',
  );
  const [systemBefore = '', systemAfter = ''] = systemParts;
  const vocabulary = vocabularyOf(config, tokenizer);
  // Some templates also write the token before every prompt; it must occur once.
  const isToken = /^<[^<>\s]{1,60}>$/.test(systemBefore);
  const bos = vocabulary.bos || (isToken ? systemBefore : '');
  const opening = systemBefore.startsWith(bos) ? systemBefore.slice(bos.length) : systemBefore;
  const hasRoleAfter = template['add_role_after_system_message'] !== false;
  // If instructions have no marks of their own, they go into the first question.
  const isTurn = hasRoleAfter && systemParts.length === 2 && opening + systemAfter !== '';
  const texts = {
    system: isTurn
      ? { before: opening, after: systemAfter || userEnd }
      : { before: '', after: '\n\n' },
    systemPlace: isTurn ? ('turn' as const) : ('question' as const),
    laterSystem: false,
    noSystem: '',
    user: frame('user', userRole, userEnd),
    assistant: frame('assistant', assistantRole, answerEnd),
    generation: assistantRole + textOr(template['role_empty_sep'], ': '),
    trims: [],
    dropsThoughts: template['strip_reasoning_in_history'] === true,
    stop: textsOf(template['stop_str']).filter((stop) => stop !== ''),
  };
  const { control } = vocabulary;
  // If the folder does not list its tokens, each text that looks like a token counts as one.
  const likeTokens = JSON.stringify(texts).match(/<[^<>\s"]{1,60}>/g) ?? [];
  const thinking = thinkingInFolder(tokenizer, texts.generation);
  return fitted(
    { ...texts, ...(thinking ? { thinking } : {}) },
    { ...vocabulary, bos, control: control.length > 0 ? control : likeTokens },
  );
}

/** A `conv_template` does not mention thoughts; the tokenizer's template does, if there is one. */
function thinkingInFolder(tokenizer: unknown, generation: string): FormatTexts['thinking'] {
  const { chat_template: jinja, bos_token: bos, eos_token: eos } = objectOf(tokenizer);
  if (typeof jinja !== 'string') return undefined;
  const nameOf = (token: unknown) => textOr(token, textOr(objectOf(token)['content'], ''));
  try {
    const format = formatOfTemplate(jinja, { bos: nameOf(bos), eos: nameOf(eos) });
    if (format === 'llama2' || !format.thinking) return undefined;
    if (format.generation === generation) return format.thinking;
    return { ...format.thinking, withThoughts: generation, without: generation };
  } catch {
    return undefined; // the engine does not use this template for its prompts
  }
}

/** For formats that a visitor chooses; null if the folder has no list of its tokens. */
export function mlcVocabulary(config: Json, tokenizer: unknown): Vocabulary | null {
  const vocabulary = vocabularyOf(config, tokenizer);
  return vocabulary.control.length > 0 ? vocabulary : null;
}

function vocabularyOf(config: Json, tokenizer: unknown): Vocabulary {
  const tokens = tokensOf(tokenizer);
  const prefix = objectOf(config['conv_template'])['system_prefix_token_ids'];
  const [bosId] = Array.isArray(prefix) ? (prefix as unknown[]) : [];
  return {
    bos: tokens.find(({ id }) => id === String(bosId))?.content ?? '',
    // WebLLM's adapter splits all of them in typed text.
    control: tokens.map(({ content }) => content),
    defined: [],
    addsSpace: objectOf(config['tokenizer_info'])['prepend_space_in_encode'] === true,
    stripsSpace: config['model_type'] === 'phi3',
  };
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const textOr = (value: unknown, other: string) => (typeof value === 'string' ? value : other);
const textsOf = (value: unknown) =>
  (Array.isArray(value) ? value : []).filter((one): one is string => typeof one === 'string');

function tokensOf(tokenizer: unknown): { readonly id: string; readonly content: string }[] {
  return Object.entries(objectOf(objectOf(tokenizer)['added_tokens_decoder'])).flatMap(
    ([id, token]) => {
      const { content } = objectOf(token);
      return typeof content === 'string' && content.length > 1 ? [{ id, content }] : [];
    },
  );
}
