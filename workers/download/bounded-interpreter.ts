/** Runs a template within bounds, so that a hostile one ends soon and takes little memory. */
import { Interpreter } from '@huggingface/jinja';

/** Of 97 published templates, the longest takes 615. */
const maxSteps = 20_000;
/** Of a text or a list, at any step: with a few more, one that doubles would take all memory. */
const maxLength = 200_000;

export class OutOfBounds extends Error {}

export class BoundedInterpreter extends Interpreter {
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
