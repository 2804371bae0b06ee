/** Reads a template's handling of thoughts: the marks around them, and the switch for them, if any. */
import type { FormatTexts } from '../../src/core/prompt/prompt-format';
import { thoughtMarks } from '../../src/core/chat/thoughts';

/** The template's variables besides the messages. */
export type Variables = Readonly<Record<string, boolean>>;

/** The names in Qwen 3 and SmolLM3, and in DeepSeek and Granite. */
const switches = ['enable_thinking', 'thinking'];

/** `formatWith` gives the format that the template writes with the variables; null if it is not a format. */
export function thinkingOf(
  jinja: string,
  { generation }: Pick<FormatTexts, 'generation'>,
  formatWith: (variables: Variables) => FormatTexts | null,
): FormatTexts['thinking'] {
  const marks = thoughtMarks.find(([, closing]) => jinja.includes(closing));
  if (!marks) return undefined;
  const [opening, closing] = marks;
  const always = { opening, closing, withThoughts: generation, without: generation };
  for (const name of switches.filter((one) => jinja.includes(one))) {
    const [on, off] = [formatWith({ [name]: true }), formatWith({ [name]: false })];
    if (on && off && differInGenerationAlone(on, off)) {
      return { ...always, withThoughts: on.generation, without: off.generation };
    }
  }
  return always;
}

/** With a switch that changes more, the whole conversation would be prefilled again. */
function differInGenerationAlone(on: FormatTexts, off: FormatTexts): boolean {
  const others = (texts: FormatTexts) => JSON.stringify({ ...texts, generation: '' });
  return on.generation !== off.generation && others(on) === others(off);
}
