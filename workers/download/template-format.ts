/**
 * Converts a model's Jinja template to a format of fixed texts. The template is rendered for a few conversations of
 * placeholders, and the output is cut at them; the format must then produce what the template produces for other
 * conversations. So a template runs only here, in a worker that is ended if it takes too long. It never gets the text
 * of a chat.
 */
import { fitted, plainVocabulary } from '../../src/core/prompt/fitted-format';
import type { FormatTexts, Role } from '../../src/core/prompt/prompt-format';
import { AppError } from '../../src/protocol/errors';
import { matchesTemplate } from './template-check';
import {
  a1,
  assistant,
  attempt,
  cut,
  irregular,
  type Message,
  optional,
  q1,
  q2,
  type Render,
  renderer,
  s1,
  s2,
  system,
  user,
} from './template-render';
import { thinkingOf, type Variables } from './template-thinking';

/**
 * `llama2` if the template writes that format. Throws `template-too-large`, `template-broken`, or
 * `template-irregular` for a template that does not write fixed texts around each message.
 */
export function formatOfTemplate(
  jinja: string,
  tokens: { readonly bos: string; readonly eos: string },
): FormatTexts | 'llama2' {
  const render = renderer(jinja, tokens, startsWithBos(jinja, tokens));
  const shortest = attempt(() => render([user(q1)], true));
  if (typeof shortest !== 'string') {
    throw new AppError('template-broken', {}, { cause: shortest.cause });
  }
  if (matchesTemplate(render, 'llama2')) return 'llama2';
  const texts = inferred(render);
  if (!matchesTemplate(render, fitted(texts, plainVocabulary)))
    throw irregular('it writes more than fixed texts');
  const thinking = thinkingOf(jinja, texts, (variables) => formatWhere(render, variables));
  return thinking ? { ...texts, thinking } : texts;
}

/** The format that the template writes with the variables; null if it is not a format. */
function formatWhere(render: Render, variables: Variables): FormatTexts | null {
  const asked: Render = (messages, asksForAnswer) => render(messages, asksForAnswer, variables);
  return optional(() => inferred(asked));
}

/** True if the prompt begins with BOS once; false if BOS marks each turn (SmolLM2). */
export function startsWithBos(jinja: string, tokens: { bos: string; eos: string }): boolean {
  const { bos } = tokens;
  const written = optional(() =>
    renderer(jinja, tokens, false)([user(q1), assistant(a1), user(q2)], true),
  );
  return bos !== '' && written?.startsWith(bos) === true && written.split(bos).length === 2;
}

function inferred(render: Render): FormatTexts {
  const attempted = (messages: readonly Message[], asksForAnswer: boolean) => {
    const written = attempt(() => render(messages, asksForAnswer));
    if (typeof written !== 'string') throw irregular(written.cause);
    return cut(
      written,
      messages.map(({ content }) => content),
    );
  };
  const [first, toAnswer, toQuestion, toEnd] = attempted(
    [user(q1), assistant(a1), user(q2)],
    true,
  ) as [...[string, string, string, string]];
  const [, afterAnswer = ''] =
    optional(() => attempted([user(q1), assistant(a1)], false).slice(1)) ?? [];
  const [, afterUser = ''] = optional(() => attempted([user(q1)], false)) ?? [];
  const isEnd = afterAnswer !== '' && toQuestion.startsWith(afterAnswer);
  // Some templates ask for an answer after each message, even if none is wanted.
  const behindEnd = toQuestion.slice(afterAnswer.length);
  // The last answer may end differently from earlier ones, for example without a line break (OLMo 2).
  const userBefore = isEnd && first.endsWith(behindEnd) ? behindEnd : commonEnd(first, toQuestion);
  const answerEnd = toQuestion.slice(0, toQuestion.length - userBefore.length);
  const shared = commonStart(toAnswer, toEnd);
  const userAfter = afterUser !== '' && shared.startsWith(afterUser) ? afterUser : shared;
  const [assistantBefore, generation] = [
    toAnswer.slice(userAfter.length),
    toEnd.slice(userAfter.length),
  ];
  if (!first.endsWith(userBefore)) throw irregular('the first question has other marks');
  const base = {
    noSystem: first.slice(0, first.length - userBefore.length),
    user: { before: userBefore, after: userAfter },
    assistant: { before: assistantBefore, after: answerEnd },
    // The template has no generation prompt, so an answer begins like the earlier ones.
    generation:
      generation === '' && assistantBefore.trim() !== '' ? trimmedEnd(assistantBefore) : generation,
    stop: [],
    trims: (['system', 'user', 'assistant'] as const).filter((role) => isTrimmed(render, role)),
    dropsThoughts: dropsThoughts(render),
  };
  return { ...base, ...systemTexts(attempted, base) };
}

/**
 * Where instructions go: into a turn, or into the first question; if the template ignores them, in front of
 * that question.
 */
function systemTexts(
  attempted: (messages: readonly Message[], asksForAnswer: boolean) => string[],
  { user: around, noSystem }: Pick<FormatTexts, 'user' | 'noSystem'>,
): Pick<FormatTexts, 'system' | 'systemPlace' | 'laterSystem'> {
  const inQuestion = (before: string, after: string) => ({
    system: { before, after },
    systemPlace: 'question' as const,
    laterSystem: false,
  });
  const withSystem = optional(() => attempted([system(s1), user(q1)], true));
  const toTwo = optional(() => attempted([system(s1), user(q1), assistant(a1), user(q2)], true));
  // Some templates move the instructions to the newest question, which would change earlier parts of the
  // prompt.
  if (!withSystem || !toTwo) return inQuestion('', '\n\n');
  const [before = '', after = ''] = withSystem;
  if (after.endsWith(around.before) && !before.startsWith(noSystem + around.before)) {
    const systemAround = { before, after: after.slice(0, after.length - around.before.length) };
    const later = optional(() =>
      attempted([system(s1), user(q1), assistant(a1), system(s2), user(q2)], true),
    );
    const laterSystem =
      later?.[3]?.endsWith(before) === true && later[4] === systemAround.after + around.before;
    return { system: systemAround, systemPlace: 'turn', laterSystem };
  }
  const opening = noSystem + around.before;
  if (!before.startsWith(opening)) throw irregular('the instructions have no place');
  return inQuestion(before.slice(opening.length), after);
}

const trimmedEnd = (text: string) => (text.endsWith('\n') ? text : text.trimEnd());

function commonStart(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a.slice(0, at);
}

function commonEnd(a: string, b: string): string {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) {
    length += 1;
  }
  return b.slice(b.length - length);
}

function isTrimmed(render: Render, role: Role): boolean {
  const padded = (own: Role, text: string) => (own === role ? ` \n${text}\n ` : text);
  const messages = [
    ...(role === 'system' ? [system(padded('system', s1))] : []),
    user(padded('user', q1)),
    assistant(padded('assistant', a1)),
    user(q2),
  ];
  const name = { system: s1, user: q1, assistant: a1 }[role];
  const written = optional(() => render(messages, true));
  return written?.includes(name) === true && !written.includes(` \n${name}\n `);
}

function dropsThoughts(render: Render): boolean {
  const thoughtful = assistant(`<think>\nqzThought\n</think>\n\n${a1}`);
  const written = optional(() => render([user(q1), thoughtful, user(q2)], true));
  return written?.includes(a1) === true && !written.includes('qzThought');
}
