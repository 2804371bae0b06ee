/** Compares a format of fixed texts with the output of the template. */
import { chatPrompt } from '../../src/core/prompt/chat-prompt';
import type { PromptFormat } from '../../src/core/prompt/prompt-format';
import {
  a1,
  assistant,
  cut,
  optional,
  q1,
  q2,
  type Render,
  s1,
  system,
  user,
} from './template-render';

/** Whether the format produces the template's output for growing conversations. */
export function matchesTemplate(render: Render, format: PromptFormat): boolean {
  const turnCounts = [1, 2, 3, 4];
  const hasPlace = keepsSystemText(render);
  return [false, true].every((hasSystem) =>
    turnCounts.every((count) => {
      const exchanges = Array.from({ length: count }, (_, at) => ({
        user: `qzAsk${at} is, 2 + 2?`,
        assistant: at === count - 1 ? null : `qzSaid${at}, so.`,
      }));
      const systemText = hasSystem ? 'qzTold, and so.' : '';
      const ours = chatPrompt(format, { system: systemText, exchanges })
        .map(({ text }) => text)
        .join('');
      const messages = exchanges.flatMap((one) => [
        user(one.user),
        ...(one.assistant === null ? [] : [assistant(one.assistant)]),
      ]);
      const theirs = optional(() =>
        render(hasSystem ? [system(systemText), ...messages] : messages, true),
      );
      // A template that refuses or moves instructions cannot be compared.
      if (theirs === null || (hasSystem && !hasPlace)) return hasSystem && format !== 'llama2';
      // If the template has no generation prompt, the format writes more than the template.
      return format === 'llama2' ? ours.trimEnd() === theirs.trimEnd() : ours.startsWith(theirs);
    }),
  );
}

function keepsSystemText(render: Render): boolean {
  return (
    optional(() =>
      cut(render([system(s1), user(q1), assistant(a1), user(q2)], true), [s1, q1, a1, q2]),
    ) !== null
  );
}
