/**
 * Which prompt format a GGUF's Jinja template writes: it is rendered for a conversation, and compared with what
 * Corral writes for the same one. Marks alone would not tell: many formats share some.
 */
import { Template } from '@huggingface/jinja';
import { chatPrompt, templateIds } from '../../src/core/chat-prompt';

type Metadata = Readonly<Record<string, unknown>>;

/** Templates with tools and all take a tenth of it. */
const maxTemplateCharacters = 100_000;

/** `other` for a format that Corral does not write; empty where the file has no template. */
export function promptFormat(metadata: Metadata): {
  readonly template: string;
  readonly bos: string;
} {
  const tokens = metadata['tokenizer.ggml.tokens'];
  const token = (kind: 'bos' | 'eos') => {
    const id = metadata[`tokenizer.ggml.${kind}_token_id`];
    const text: unknown = Array.isArray(tokens) && typeof id === 'number' ? tokens[id] : '';
    return typeof text === 'string' ? text : '';
  };
  const [bos, eos] = [token('bos'), token('eos')];
  const jinja = metadata['tokenizer.chat_template'];
  const rendered = typeof jinja === 'string' ? render(jinja, bos, eos) : null;
  const withoutBos = (prompt: string) =>
    (bos !== '' && prompt.startsWith(bos) ? prompt.slice(bos.length) : prompt).trimEnd();
  const written = rendered === null ? null : withoutBos(rendered);
  const format = templateIds.find((id) => withoutBos(ours(id)) === written) ?? 'other';
  // Without a word about it, llama.cpp puts one before SentencePiece's vocabularies, which it calls `llama`.
  const addBos =
    metadata['tokenizer.ggml.add_bos_token'] ?? metadata['tokenizer.ggml.model'] === 'llama';
  const asksForBos = addBos === true || (bos !== '' && rendered?.startsWith(bos) === true);
  return {
    template: typeof jinja === 'string' && jinja !== '' ? format : '',
    bos: asksForBos ? bos : '',
  };
}

/** Null for a template that cannot be rendered, or refuses a system text. */
function render(jinja: string, bos: string, eos: string): string | null {
  if (jinja.length > maxTemplateCharacters) return null;
  const messages = [
    { role: 'system', content: 'S' },
    { role: 'user', content: 'Q1' },
    { role: 'assistant', content: 'A1' },
    { role: 'user', content: 'Q2' },
  ];
  try {
    return new Template(jinja).render({
      messages,
      add_generation_prompt: true,
      bos_token: bos,
      eos_token: eos,
    });
  } catch {
    return null;
  }
}

/** The same conversation. */
const ours = (id: (typeof templateIds)[number]) =>
  chatPrompt(id, {
    system: 'S',
    exchanges: [
      { user: 'Q1', assistant: 'A1' },
      { user: 'Q2', assistant: null },
    ],
  })
    .map(({ text }) => text)
    .join('');
