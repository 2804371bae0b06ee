/** What a template tells of a model's thoughts: the marks around them, and whether they can be switched. */
import type { FormatTexts } from '../../src/core/prompt/prompt-format';
import { thoughtMarks } from '../../src/core/chat/thoughts';

/** What a template is told besides the messages. */
export type Variables = Readonly<Record<string, boolean>>;

/** As Qwen 3 and SmolLM3 call it, and as DeepSeek and Granite do. */
const switches = ['enable_thinking', 'thinking'];

/** `told` gives the format that the template writes with the variables; null where that is none. */
export function thinkingOf(
  jinja: string,
  { generation }: Pick<FormatTexts, 'generation'>,
  told: (variables: Variables) => FormatTexts | null,
): FormatTexts['thinking'] {
  const marks = thoughtMarks.find(([, closing]) => jinja.includes(closing));
  if (!marks) return undefined;
  const [opening, closing] = marks;
  const always = { opening, closing, withThoughts: generation, without: generation };
  for (const name of switches.filter((one) => jinja.includes(one))) {
    const [on, off] = [told({ [name]: true }), told({ [name]: false })];
    if (on && off && differInGenerationAlone(on, off)) {
      return { ...always, withThoughts: on.generation, without: off.generation };
    }
  }
  return always;
}

/** A switch that changes more would have the whole conversation read again. */
function differInGenerationAlone(on: FormatTexts, off: FormatTexts): boolean {
  const others = (texts: FormatTexts) => JSON.stringify({ ...texts, generation: '' });
  return on.generation !== off.generation && others(on) === others(off);
}
