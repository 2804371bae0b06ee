/** Everything that a prompt is made of before anything is left out, and where the pinned instruction goes. */
import type { Prompt } from '../../protocol/engine';
import { exchangePrompt, inRuns } from './chat-prompt';
import type { Exchange } from '../chat/conversation';
import type { PinStrength } from '../chat/conversation-settings';
import type { PromptFormat } from './prompt-format';

export interface PromptSource {
  readonly template: PromptFormat;
  readonly system: string;
  readonly pin: { readonly text: string; readonly strength: PinStrength };
  /** The last one's answer is null: it is the question. */
  readonly exchanges: readonly Exchange[];
  /** True if the question must repeat the pinned instruction because the model ignored it. */
  readonly remind?: boolean;
}

/** The prompt with the exchanges from index `first` on. */
export function promptFrom(source: PromptSource, first: number): Prompt {
  const exchanges = source.exchanges
    .slice(first)
    .map((_, offset) => partOf(source, first + offset, offset === 0));
  return inRuns(source.template, exchanges);
}

/** The part for the exchange at `index`; with `asQuestion`, as it was asked, without its answer. */
export function partOf(
  source: PromptSource,
  index: number,
  isFirst: boolean,
  asQuestion = false,
): Prompt {
  const { template, exchanges } = source;
  const { assistant, partial, system } = exchanges[index]!;
  return exchangePrompt(
    template,
    {
      ...(system === undefined ? {} : { system }),
      ...(partial === undefined ? {} : { partial }),
      user: questionText(source, index),
      assistant: asQuestion ? null : assistant,
    },
    isFirst ? { system: systemText(source, index) } : null,
  );
}

/** The pinned instruction comes last, where small models follow it best. */
function systemText({ system, pin, exchanges }: PromptSource, first: number): string {
  const summary = newestSummaries(exchanges)[first];
  return [
    system,
    summary === undefined ? '' : `Summary of the conversation so far: ${summary}`,
    pin.strength === 'system' ? pin.text : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const known = new WeakMap<readonly Exchange[], readonly (string | undefined)[]>();

/** For each exchange, the newest summary up to it. Cached: a plan needs it for every exchange. */
function newestSummaries(exchanges: readonly Exchange[]): readonly (string | undefined)[] {
  let newest: string | undefined;
  const summaries =
    known.get(exchanges) ?? exchanges.map(({ summary }) => (newest = summary || newest));
  known.set(exchanges, summaries);
  return summaries;
}

/** As in the training data of Ghost Attention: the instruction, then the message. */
function questionText({ pin, exchanges, remind }: PromptSource, index: number): string {
  const { user } = exchanges[index]!;
  const isReminded = remind === true && index === exchanges.length - 1;
  const repeats = pin.strength === 'every-turn' || isReminded;
  return repeats && pin.text !== '' ? `${pin.text}\n${user}` : user;
}
