/**
 * Reads a JSON object as it is written, and knows what it can go on with (RFC 8259). Both engines are held to it:
 * docs/decisions/0011-widget.md says why not to grammars of their own.
 */

/** JSON sets no bounds here, and a small model would go on for ever. */
const most = { spaces: 21, digits: 20, depth: 32 } as const;
/** Before the object: Llama 2's vocabulary begins with a space. */
const mostBefore = 1;

/** What may come next. A number's end shows only in what follows it. */
type Place =
  | 'start'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'first-value'
  | 'value'
  | 'after-value'
  | 'end'
  | 'string'
  | 'escape'
  | 'hex'
  | 'word'
  | 'number';

interface State {
  readonly place: Place;
  /** The brackets that are open, outermost first. */
  readonly open: string;
  /** The string that is being written is a name. */
  readonly isKey: boolean;
  /** Hexadecimal digits so far. */
  readonly digits: number;
  /** A number or whitespace so far, or what is still to come of `true`, `false` or `null`. */
  readonly text: string;
}

const numberBegun = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?)?$/;
const numberWhole = /\d$/;
/** One space, or a line's end and what the next line is indented by. */
const whitespace = /^(?: |\n[ \t]*)$/;
const words = ['true', 'false', 'null'];

export class JsonText {
  #state: State = { place: 'start', open: '', isKey: false, digits: 0, text: '' };

  /** The object is closed. */
  get isWhole(): boolean {
    return this.#state.place === 'end';
  }

  /** Whether the object can go on with the text. */
  takes(text: string): boolean {
    return text !== '' && read(this.#state, text) !== null;
  }

  /** Throws where the object cannot go on with it. */
  add(text: string): void {
    const next = read(this.#state, text);
    if (!next) throw new Error(`JSON cannot go on with ${JSON.stringify(text)}`);
    this.#state = next;
  }
}

function read(state: State, text: string): State | null {
  let next: State | null = state;
  for (const char of text) {
    next = step(next, char);
    if (!next) return null;
  }
  return next;
}

function step(state: State, char: string): State | null {
  const { place, isKey, digits, text } = state;
  const go = (to: Place): State => ({ ...state, place: to, digits: 0, text: '' });
  switch (place) {
    case 'string':
      if (char === '"') return go(isKey ? 'colon' : 'after-value');
      if (char === '\\') return go('escape');
      return char < ' ' ? null : state;
    case 'escape':
      if (char === 'u') return go('hex');
      return '"\\/bfnrt'.includes(char) ? go('string') : null;
    case 'hex':
      if (!/[\da-f]/i.test(char)) return null;
      return digits === 3 ? go('string') : { ...state, digits: digits + 1 };
    case 'word':
      if (!text.startsWith(char)) return null;
      return text.length === 1 ? go('after-value') : { ...state, text: text.slice(1) };
    case 'number': {
      const number = text + char;
      if (numberBegun.test(number)) {
        return number.length <= most.digits ? { ...state, text: number } : null;
      }
      return numberWhole.test(text) ? step(go('after-value'), char) : null;
    }
    default:
      if (!whitespace.test(text + char)) return between(state, char);
      return text.length < (place === 'start' ? mostBefore : most.spaces)
        ? { ...state, text: text + char }
        : null;
  }
}

/** Outside of strings, words and numbers. */
function between({ place, open }: State, char: string): State | null {
  const go = (to: Place, more: Partial<State> = {}): State => ({
    place: to,
    open,
    isKey: false,
    digits: 0,
    text: '',
    ...more,
  });
  const close = (): State => {
    const left = open.slice(0, -1);
    return go(left === '' ? 'end' : 'after-value', { open: left });
  };
  const begin = (): State | null => {
    const isObject = char === '{';
    if (isObject || char === '[') {
      const deeper = { open: open + char };
      return open.length < most.depth ? go(isObject ? 'first-key' : 'first-value', deeper) : null;
    }
    if (char === '"') return go('string');
    if (numberBegun.test(char)) return go('number', { text: char });
    const word = words.find((one) => one.startsWith(char));
    return word === undefined ? null : go('word', { text: word.slice(1) });
  };
  const isInObject = open.endsWith('{');
  switch (place) {
    case 'start':
      return char === '{' ? begin() : null;
    case 'first-key':
      if (char === '}') return close();
      return char === '"' ? go('string', { isKey: true }) : null;
    case 'key':
      return char === '"' ? go('string', { isKey: true }) : null;
    case 'colon':
      return char === ':' ? go('value') : null;
    case 'first-value':
      return char === ']' ? close() : begin();
    case 'value':
      return begin();
    case 'after-value':
      if (char === ',') return go(isInObject ? 'key' : 'value');
      return char === (isInObject ? '}' : ']') ? close() : null;
    default:
      return null;
  }
}
