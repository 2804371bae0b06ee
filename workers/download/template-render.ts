/** Renders a template for placeholder messages, within limits. */
import { Environment, parse, tokenize, Interpreter } from '@huggingface/jinja';
import type { Role } from '../../src/core/prompt/prompt-format';
import { AppError } from '../../src/protocol/errors';
import type { Variables } from './template-thinking';

/** Ten times the length of templates with tools. */
const maxTemplateCharacters = 100_000;
/** The maximum length of a prompt of a few placeholders: the same as for one text of a stored format. */
const maxRenderedCharacters = 20_000;

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

/** No template looks for these texts. They have no white space at their ends. */
export const [s1, q1, a1, q2, s2] = ['qzSys1', 'qzAsk1', 'qzSaid1', 'qzAsk2', 'qzSys2'] as const;

export function renderer(
  jinja: string,
  { bos, eos }: { bos: string; eos: string },
  takesBos: boolean,
): Render {
  if (jinja.length > maxTemplateCharacters) {
    throw new AppError('template-too-large', { limitCharacters: maxTemplateCharacters });
  }
  const program = parsed(jinja);
  const rendered = (more: object, messages: readonly object[], asksForAnswer: boolean) => {
    const environment = new Environment();
    const known = {
      ...globals,
      ...more,
      messages: messages.map((message) => ({ ...message })),
      add_generation_prompt: asksForAnswer,
      bos_token: bos,
      eos_token: eos,
    };
    for (const [name, value] of Object.entries(known)) environment.set(name, value);
    const written: unknown = new BoundedInterpreter(environment).run(program).value;
    if (typeof written !== 'string' || written.length > maxRenderedCharacters) {
      throw irregular('it writes too much');
    }
    return written;
  };
  const ways = [{}, { strftime_now: englishDate }].flatMap((more) =>
    [asText, asList].map((asked) => ({ more, asked })),
  );
  const works = ({ more, asked }: (typeof ways)[number]) => {
    try {
      return rendered(more, asked([user(q1)]), true).includes(q1);
    } catch (cause) {
      // Rendering it again in another way would take the same time again.
      if (cause instanceof OutOfBounds) throw new AppError('template-broken', {}, { cause });
      return false;
    }
  };
  const { more, asked } = ways.find(works) ?? ways[0]!;
  return (messages, asksForAnswer, variables) => {
    const written = rendered({ ...more, ...variables }, asked(messages), asksForAnswer);
    return takesBos && written.startsWith(bos) ? written.slice(bos.length) : written;
  };
}

function parsed(jinja: string) {
  try {
    return parse(tokenize(jinja, { lstrip_blocks: true, trim_blocks: true }));
  } catch (cause) {
    throw new AppError('template-broken', {}, { cause });
  }
}

/**
 * The text of a message in the two forms that templates expect: plain, and as a list of parts in models that accept
 * images.
 */
const asText = (messages: readonly Message[]): readonly object[] => messages;
const asList = (messages: readonly Message[]): readonly object[] =>
  messages.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] }));

/** Templates only count messages with it. */
const maxRange = 10_000;

/**
 * The names that every template may use. `strftime_now` is added only for templates that fail without it: a stored
 * format would keep the date for ever, and most templates have a default date.
 */
const globals = {
  true: true,
  false: false,
  none: null,
  True: true,
  False: false,
  None: null,
  raise_exception: (message: unknown) => {
    throw new Error(String(message));
  },
  range: (first: number, end?: number, step = 1) => {
    const [from, to] = end === undefined ? [0, first] : [first, end];
    const length = Math.max(0, Math.ceil((to - from) / step));
    if (!(length <= maxRange)) throw new Error('range() has too many numbers');
    return Array.from({ length }, (_, at) => from + at * step);
  },
};

/**
 * Today's date in the form of C's `strftime`. It is in English, because it is for the model and not for the visitor.
 */
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
    '%%': '%',
  };
  return form.replace(/%[a-zA-Z%]/g, (one) => parts[one] ?? '');
}

export function attempt(work: () => string): string | { readonly cause: unknown } {
  try {
    return work();
  } catch (cause) {
    return { cause };
  }
}

/** The template does not write fixed texts around each message. */
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

/** Null if the template refuses the messages. */
export function optional<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** The longest of 97 published templates takes 615 steps. */
const maxSteps = 20_000;
/** The length of a text or list after any step. A template that doubles its text would soon take all memory. */
const maxLength = 200_000;

class OutOfBounds extends Error {}

/** Runs a template within bounds: a hostile one ends soon and takes little memory. */
class BoundedInterpreter extends Interpreter {
  #steps = 0;

  override evaluate(
    ...step: Parameters<Interpreter['evaluate']>
  ): ReturnType<Interpreter['evaluate']> {
    this.#steps += 1;
    if (this.#steps > maxSteps) throw new OutOfBounds('too many steps');
    const result = super.evaluate(...step);
    const value: unknown = result.value;
    const isLong = typeof value === 'string' || Array.isArray(value);
    if (isLong && value.length > maxLength) throw new OutOfBounds('too long a text or list');
    return result;
  }
}
