/** Renders a template for placeholder messages, within limits. */
import { Template } from '@huggingface/jinja';
import type { Role } from '../../src/core/prompt/prompt-format';
import { AppError } from '../../src/protocol/errors';
import type { Variables } from './template-thinking';

/** Ten times the length of templates with tools. */
const maxTemplateCharacters = 100_000;
/** A prompt of a few placeholders is no longer than the template itself. */
const maxRenderedCharacters = 200_000;

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
    template = new Template(jinja);
  } catch (cause) {
    throw new AppError('template-broken', {}, { cause });
  }
  return (messages, asksForAnswer, variables) => {
    const written = template.render({
      ...variables,
      messages: messages.map((message) => ({ ...message })),
      add_generation_prompt: asksForAnswer,
      bos_token: bos,
      eos_token: eos,
    });
    if (written.length > maxRenderedCharacters) throw irregular('it writes too much');
    return takesBos && written.startsWith(bos) ? written.slice(bos.length) : written;
  };
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

/** Null if the template refuses the messages. */
export function optional<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
