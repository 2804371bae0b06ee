/** Renders a template for messages that stand for others, within limits. */
import { Template } from '@huggingface/jinja';
import type { Role } from '../../src/core/prompt/prompt-format';
import { AppError } from '../../src/protocol/errors';
import type { Variables } from './template-thinking';

/** Ten times the length of templates with tools. */
const maxTemplateCharacters = 100_000;
/** A prompt of a few placeholders is no longer than the template itself. */
const maxRenderedCharacters = 200_000;

/**
 * What templates call `strftime_now` is given to those alone that cannot do without it: a stored format keeps the
 * date for ever, and most have a default.
 */
const clock = 'qzNow';

export interface Message {
  readonly role: Role;
  readonly content: string;
}
export type Render = (
  messages: readonly Message[],
  asksForAnswer: boolean,
  variables?: Variables,
) => string;

const say = (role: Role) => (content: string) => ({ role, content });
export const [system, user, assistant] = [say('system'), say('user'), say('assistant')];

/** Texts that no template looks for, without white space at their ends. */
export const [s1, q1, a1, q2, s2] = ['qzSys1', 'qzAsk1', 'qzSaid1', 'qzAsk2', 'qzSys2'] as const;

export function renderer(
  jinja: string,
  { bos, eos }: { bos: string; eos: string },
  takesBos: boolean,
): Render {
  if (jinja.length > maxTemplateCharacters) {
    throw new AppError('template-too-large', { limitCharacters: maxTemplateCharacters });
  }
  let template: Template;
  try {
    template = new Template(jinja.replaceAll('strftime_now', clock));
  } catch (cause) {
    throw new AppError('template-broken', {}, { cause });
  }
  const rendered = (more: object, messages: readonly object[], asksForAnswer: boolean) =>
    template.render({
      ...more,
      messages: messages.map((message) => ({ ...message })),
      add_generation_prompt: asksForAnswer,
      bos_token: bos,
      eos_token: eos,
    });
  const listed = (messages: readonly Message[]) =>
    messages.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] }));
  const ways = [{}, { [clock]: englishDate }].flatMap((more) =>
    [(messages: readonly Message[]) => messages, listed].map((asked) => ({ more, asked })),
  );
  const works = ({ more, asked }: (typeof ways)[number]) =>
    optional(() => rendered(more, asked([user(q1)]), true))?.includes(q1) === true;
  const { more, asked } = ways.find(works) ?? ways[0]!;
  return (messages, asksForAnswer, variables) => {
    const written = rendered({ ...more, ...variables }, asked(messages), asksForAnswer);
    if (written.length > maxRenderedCharacters) throw irregular('it writes too much');
    return takesBos && written.startsWith(bos) ? written.slice(bos.length) : written;
  };
}

/** Today, in the form of C's `strftime`, in English: the words are the model's, not the visitor's. */
function englishDate(form: string): string {
  const now = new Date();
  const part = (options: Intl.DateTimeFormatOptions) => now.toLocaleDateString('en-US', options);
  const two = (value: number) => String(value).padStart(2, '0');
  const parts: Readonly<Record<string, string>> = {
    '%Y': String(now.getFullYear()),
    '%m': two(now.getMonth() + 1),
    '%d': two(now.getDate()),
    '%B': part({ month: 'long' }),
    '%b': part({ month: 'short' }),
    '%A': part({ weekday: 'long' }),
    '%a': part({ weekday: 'short' }),
    '%H': '00',
    '%M': '00',
    '%S': '00',
  };
  return form.replace(/%[a-zA-Z]/g, (one) => parts[one] ?? '');
}

export function attempt(work: () => string): string | { readonly cause: unknown } {
  try {
    return work();
  } catch (cause) {
    return { cause };
  }
}

/** For a template that does not write fixed texts around each message. */
export function irregular(cause: unknown): AppError {
  return new AppError('template-irregular', {}, { cause });
}

/** The texts around the placeholders, in order. */
export function cut(rendered: string, placeholders: readonly string[]): string[] {
  const found: string[] = [];
  let rest = rendered;
  for (const placeholder of placeholders) {
    const at = rest.indexOf(placeholder);
    if (at < 0 || rest.includes(placeholder, at + 1))
      throw irregular(`${placeholder} is not there`);
    found.push(rest.slice(0, at));
    rest = rest.slice(at + placeholder.length);
  }
  return [...found, rest];
}

/** Null where the template refuses the messages. */
export function optional<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
