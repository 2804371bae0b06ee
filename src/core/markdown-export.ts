/** A conversation as a Markdown document: the branch that is shown. */
import { activePath } from './branches';
import type { Conversation } from './conversation';
import { titleOf } from './conversation-summary';

export interface MarkdownWords {
  readonly you: string;
  /** Where a conversation has no title. */
  readonly untitled: string;
  readonly unfinished: string;
  readonly time: (atMs: number) => string;
}

export function asMarkdown(
  conversation: Conversation,
  { words, notices }: { words: MarkdownWords; notices: readonly string[] },
): string {
  const title = titleOf(conversation) || words.untitled;
  const parts = activePath(conversation).map((turn) => {
    const who = turn.role === 'user' ? words.you : (turn.modelName ?? turn.modelId);
    const isCut = turn.role === 'assistant' && turn.state !== 'done';
    const note = isCut ? `\n\n*${words.unfinished}*` : '';
    return `## ${asHeading(who)} · ${words.time(turn.atMs)}\n\n${turn.text}${note}`;
  });
  const foot = notices.length > 0 ? ['---', ...notices] : [];
  return `${[`# ${asHeading(title)}`, ...parts, ...foot].join('\n\n')}\n`;
}

/** One line, in which nothing is markup. */
function asHeading(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#]/g, '\\$&');
}
