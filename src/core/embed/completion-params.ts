/** Reads a site's completion request: messages become exchanges, and parameters become settings. */
import { type CompletionParams, type MessageRole } from '../../protocol/widget';
import { SiteError } from '../../protocol/site-error';
import type { Exchange } from '../chat/conversation';
import { type ConversationSettings, defaultSettings } from '../chat/conversation-settings';
import type { CatalogueModel } from '../models/model';
import { readSampling, type SamplingChoice } from '../prompt/sampling';

export interface ReadCompletion {
  /** The last one is the question. */
  readonly exchanges: readonly Exchange[];
  readonly settings: ConversationSettings;
}

/** Throws `completion-invalid` with the name of the invalid field. */
export function readCompletionParams(
  params: CompletionParams,
  model: CatalogueModel,
): ReadCompletion {
  const system = params.messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content.toWellFormed())
    .join('\n');
  return {
    exchanges: exchangesOf(params.messages.filter(({ role }) => role !== 'system')),
    settings: {
      ...defaultSettings,
      // The site's system messages are the whole system text. Without any, the model's default is used.
      safety: 'direct',
      asOf: 'off',
      systemPrompt: system === '' ? model.systemPrompt : system,
      sampling: samplingOf(params),
    },
  };
}

interface RoleText {
  readonly role: MessageRole;
  readonly content: string;
}

/** Joins consecutive messages of the same role. */
function exchangesOf(messages: readonly RoleText[]): readonly Exchange[] {
  const merged: RoleText[] = [];
  for (const { role, content } of messages) {
    const last = merged.at(-1);
    const text = content.toWellFormed();
    if (last?.role === role) merged.splice(-1, 1, { role, content: `${last.content}\n\n${text}` });
    else merged.push({ role, content: text });
  }
  const isSound = merged[0]?.role === 'user' && merged.at(-1)?.role === 'user';
  if (!isSound || merged.at(-1)?.content.trim() === '') {
    throw new SiteError('completion-invalid', { field: 'messages' });
  }
  return merged.flatMap(({ role, content }, at) =>
    role === 'user'
      ? [{ questionId: String(at), user: content, assistant: merged[at + 1]?.content ?? null }]
      : [],
  );
}

/** The names in the site's request. */
const names = {
  maxAnswerTokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
} as const;

function samplingOf(params: CompletionParams): SamplingChoice {
  const { temperature, topP, topK, minP, frequencyPenalty, presencePenalty, seed, stop } = params;
  const wishes = {
    temperature,
    topP,
    topK,
    minP,
    frequencyPenalty,
    presencePenalty,
    seed,
    stop,
    maxAnswerTokens: params.maxTokens,
  };
  let choice: SamplingChoice = {};
  for (const [name, value] of Object.entries(wishes)) {
    if (value === undefined) continue;
    const read = readSampling({ [name]: value });
    if (!read)
      throw new SiteError('completion-invalid', {
        field: (names as Record<string, string>)[name] ?? name,
      });
    choice = { ...choice, ...read };
  }
  return choice;
}
