/** Exports the shown branch of a conversation as a Markdown document. */
import { activePath } from '../chat/branches';
import type { Conversation } from '../chat/conversation';
import { titleOf } from './conversation-summary';
import { splitThoughts } from '../chat/thoughts';

export interface MarkdownLabels {
  readonly you: string;
  /** The heading if the conversation has no title. */
  readonly untitled: string;
  readonly unfinished: string;
  readonly thoughts: string;
  readonly time: (atMs: number) => string;
}

export function asMarkdown(
  conversation: Conversation,
  { words, notices }: { words: MarkdownLabels; notices: readonly string[] },
): string {
  const title = titleOf(conversation) || words.untitled;
  const parts = activePath(conversation).map((turn) => {
    const who = turn.role === 'user' ? words.you : (turn.modelName ?? turn.modelId);
    const isCut = turn.role === 'assistant' && turn.state !== 'done';
    const note = isCut ? `\n\n*${words.unfinished}*` : '';
    const text = turn.role === 'user' ? turn.text : answerText(turn.text, words);
    return `## ${asHeading(who)} · ${words.time(turn.atMs)}\n\n${text}${note}`;
  });
  const foot = notices.length > 0 ? ['---', ...notices] : [];
  return `${[`# ${asHeading(title)}`, ...parts, ...foot].join('\n\n')}\n`;
}

/** The model's thoughts as a quotation before its answer. */
function answerText(text: string, words: MarkdownLabels): string {
  const { thoughts, answer } = splitThoughts(text);
  if (thoughts === '') return answer;
  const quoted = `**${words.thoughts}**\n\n${thoughts}`.replace(/^/gm, '> ');
  return answer === '' ? quoted : `${quoted}\n\n${answer}`;
}

/** One line with all markup escaped. */
function asHeading(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#]/g, '\\$&');
}
