/**
 * Parses a JSON object incrementally (RFC 8259, in UTF-8) and tells how it can continue: any object, or one that
 * satisfies a schema. Both engines use it; docs/decisions/0011-widget.md explains why they do not use their own
 * grammars.
 */
import {
  anyObject,
  type ArrayNode,
  type JsonNode,
  minDepthOf,
  type ObjectNode,
  schemaLimits,
  type ValueNode,
  valuesOf,
} from '../../src/core/prompt/json-nodes';
import { assertNever } from '../../src/protocol/errors';

/** JSON allows any number of spaces, and a small model would never stop writing them. */
const maxima = { spaces: 21, digits: 20, depth: schemaLimits.depth } as const;
/** Spaces before the object: Llama 2's vocabulary begins a text with a space. */
const maxSpacesBefore = 1;
/**
 * The maximum number of a schema's choices that are followed at the same time. Others are dropped; each remaining one
 * can be completed.
 */
const maxStates = 64;

/** The parser's position. A number ends only with the character after it. */
type Position =
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
  | 'literal'
  | 'number'
  | 'integer';

/** An object or array that is not closed yet. */
interface Open {
  readonly node: ObjectNode | ArrayNode;
  /** The index of the value that is being written. */
  readonly at: number;
  readonly depth: number;
  readonly outer: Open | null;
  /** Equal for states with the same open objects and arrays. */
  readonly key: string;
}

interface State {
  readonly position: Position;
  readonly open: Open | null;
  /** The string that is being written is a key. */
  readonly isKey: boolean;
  /** The number, whitespace or hexadecimal digits so far, or the rest of a literal. */
  readonly text: string;
}

const numberBegun = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?)?$/;
const integerBegun = /^-?(?:0|[1-9]\d*)?$/;
const numberWhole = /\d$/;
/** One space, or a line break and the indentation of the next line. */
const whitespace = /^(?: |\n[ \t]*)$/;

export class JsonText {
  readonly #root: ObjectNode;
  /** The states after each possible first byte, cached because all tokens of a vocabulary may be tried. */
  readonly #afterFirst = new Map<number, readonly State[]>();
  #states: readonly State[] = [{ position: 'start', open: null, isKey: false, text: '' }];

  constructor(root: ObjectNode = anyObject()) {
    this.#root = root;
  }

  get isWhole(): boolean {
    return this.#states[0]?.position === 'end';
  }

  /** Whether the object can continue with the bytes. */
  accepts(bytes: Uint8Array): boolean {
    return bytes.length > 0 && this.#read(bytes).length > 0;
  }

  /** Throws if the object cannot continue with them. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const next = this.#read(bytes);
    if (next.length === 0) throw new Error('JSON cannot go on with these bytes');
    this.#states = next;
    this.#afterFirst.clear();
  }

  #read(bytes: Uint8Array): readonly State[] {
    const first = bytes[0] ?? 0;
    let states = this.#afterFirst.get(first) ?? this.#step(this.#states, first);
    this.#afterFirst.set(first, states);
    for (let at = 1; at < bytes.length && states.length > 0; at += 1) {
      states = this.#step(states, bytes[at]!);
    }
    return states;
  }

  #step(states: readonly State[], byte: number): readonly State[] {
    const char = String.fromCharCode(byte);
    return distinct(states.flatMap((state) => step(state, char, this.#root)));
  }
}

function distinct(states: readonly State[]): readonly State[] {
  if (states.length < 2) return states;
  const keyOf = ({ position, open, isKey, text }: State) =>
    `${position} ${isKey} ${open?.key ?? ''} ${text}`;
  const byKey = new Map(states.map((state) => [keyOf(state), state]));
  return [...byKey.values()].slice(0, maxStates);
}

function step(state: State, char: string, root: ObjectNode): readonly State[] {
  const { position, isKey, text } = state;
  const go = (to: Position, more = ''): State => ({ ...state, position: to, text: more });
  switch (position) {
    case 'string':
      if (char === '"') return [go(isKey ? 'colon' : 'after-value')];
      if (char === '\\') return [go('escape')];
      return char < ' ' ? [] : [state];
    case 'escape':
      if (char === 'u') return [go('hex')];
      return '"\\/bfnrt'.includes(char) ? [go('string')] : [];
    case 'hex':
      if (!/[\da-f]/i.test(char)) return [];
      return [text.length === 3 ? go('string') : go('hex', text + char)];
    case 'literal':
      return text.startsWith(char) ? [literal(state, text.slice(1))] : [];
    case 'number':
    case 'integer': {
      const number = text + char;
      if ((position === 'integer' ? integerBegun : numberBegun).test(number)) {
        return number.length <= maxima.digits ? [go(position, number)] : [];
      }
      return numberWhole.test(text) ? step(go('after-value'), char, root) : [];
    }
    default:
      if (!whitespace.test(text + char)) return between(state, char, root);
      return text.length < (position === 'start' ? maxSpacesBefore : maxima.spaces)
        ? [go(position, text + char)]
        : [];
  }
}

/** The rest of the literal may be empty. */
function literal(state: State, rest: string): State {
  if (rest !== '') return { ...state, position: 'literal', text: rest };
  return { ...state, position: state.isKey ? 'colon' : 'after-value', text: '' };
}

/** Outside of strings, literals and numbers. */
function between(state: State, char: string, root: ObjectNode): readonly State[] {
  const { position, open } = state;
  const to = (next: Position, inside = open): State => ({
    position: next,
    open: inside,
    isKey: false,
    text: '',
  });
  if (position === 'start') return begin([root], char, to('value'));
  if (!open) return [];
  const { node, at, outer } = open;
  const close = () => [to(outer ? 'after-value' : 'end', outer)];
  const isObject = node.kind === 'object';
  switch (position) {
    case 'first-key':
      return char === '}' && (!isObject || node.properties.length === 0)
        ? close()
        : beginKey(open, char);
    case 'key':
      return beginKey(open, char);
    case 'colon':
      return char === ':' ? [to('value')] : [];
    case 'first-value':
      if (char === ']') return isObject || node.minItems > 0 ? [] : close();
      if (countsOf(node)[1] === 0) return [];
      return begin(valuesOf(valueAt(open)), char, to('value'));
    case 'value':
      return begin(valuesOf(valueAt(open)), char, to('value'));
    case 'after-value': {
      const count = at + 1;
      const [least, greatest] = countsOf(node);
      if (char === ',' && count < greatest) {
        return [to(isObject ? 'key' : 'value', opened(node, outer, count))];
      }
      return char === (isObject ? '}' : ']') && count >= least ? close() : [];
    }
    default:
      return [];
  }
}

/** The limits of the number of values. */
function countsOf(node: ObjectNode | ArrayNode): readonly [number, number] {
  if (node.kind === 'array') return [node.minItems, node.maxItems];
  return node.free ? [0, Infinity] : [node.properties.length, node.properties.length];
}

/** The key omits the count where it makes no difference, so that there are few keys. */
function opened(node: Open['node'], outer: Open | null, at: number): Open {
  const counts =
    node.kind === 'object' ? !node.free : node.minItems > 0 || node.maxItems < Infinity;
  const key = `${outer?.key ?? ''}/${node.id}${counts ? `:${at}` : ''}`;
  return { node, at, depth: (outer?.depth ?? 0) + 1, outer, key };
}

function valueAt({ node, at }: Open): JsonNode {
  if (node.kind === 'array') return node.items;
  return node.free ?? node.properties[at]!.value;
}

function beginKey(open: Open, char: string): readonly State[] {
  const { node, at } = open;
  if (char !== '"' || node.kind !== 'object') return [];
  const state: State = { position: 'string', open, isKey: true, text: '' };
  if (node.free) return [state];
  const name = node.properties[at];
  return name ? [literal(state, name.key.slice(1))] : [];
}

/** The values that can begin with the character. */
function begin(values: readonly ValueNode[], char: string, state: State): readonly State[] {
  const { open } = state;
  const depth = open?.depth ?? 0;
  return values.flatMap((node): readonly State[] => {
    switch (node.kind) {
      case 'string':
        return char === '"' ? [{ ...state, position: 'string' }] : [];
      case 'number':
      case 'integer':
        return integerBegun.test(char) ? [{ ...state, position: node.kind, text: char }] : [];
      case 'literal':
        return node.texts
          .filter((text) => text.startsWith(char))
          .map((text) => literal(state, text.slice(1)));
      case 'object':
      case 'array': {
        const isObject = node.kind === 'object';
        if (char !== (isObject ? '{' : '[') || depth + minDepthOf(node) > maxima.depth) return [];
        // If no item is allowed, it can only be closed.
        return [
          {
            ...state,
            position: isObject ? 'first-key' : 'first-value',
            open: opened(node, open, 0),
          },
        ];
      }
      default:
        return assertNever(node);
    }
  });
}
