/**
 * Reads a JSON object as it is written, and knows what it can go on with (RFC 8259, in UTF-8): any object, or one
 * that satisfies a schema. Both engines are held to it: docs/decisions/0011-widget.md says why not to grammars of
 * their own.
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

/** JSON sets no bounds here, and a small model would go on for ever. */
const most = { spaces: 21, digits: 20, depth: schemaLimits.depth } as const;
/** Before the object: Llama 2's vocabulary begins with a space. */
const maxSpacesBefore = 1;
/** Of a schema's choices that are open at once; more are left out. What is kept can be ended by itself. */
const maxStates = 64;

/** What may come next. A number's end shows only in what follows it. */
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
  /** Which of its values is written, from 0. */
  readonly at: number;
  readonly depth: number;
  readonly outer: Open | null;
  /** The same for all that is open alike. */
  readonly key: string;
}

interface State {
  readonly position: Position;
  readonly open: Open | null;
  /** The string or literal that is being written is a name. */
  readonly isKey: boolean;
  /** A number, whitespace or hexadecimal digits so far, or what is still to come of a literal. */
  readonly text: string;
}

const numberBegun = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?)?$/;
const integerBegun = /^-?(?:0|[1-9]\d*)?$/;
const numberWhole = /\d$/;
/** One space, or a line's end and what the next line is indented by. */
const whitespace = /^(?: |\n[ \t]*)$/;

export class JsonText {
  readonly #root: ObjectNode;
  /** What the first byte of what comes next leads to: all tokens of a vocabulary may be tried. */
  readonly #afterFirst = new Map<number, readonly State[]>();
  #states: readonly State[] = [{ position: 'start', open: null, isKey: false, text: '' }];

  constructor(root: ObjectNode = anyObject()) {
    this.#root = root;
  }

  /** The object is closed. */
  get isWhole(): boolean {
    return this.#states[0]?.position === 'end';
  }

  /** Whether the object can go on with the bytes. */
  accepts(bytes: Uint8Array): boolean {
    return bytes.length > 0 && this.#read(bytes).length > 0;
  }

  /** Throws where the object cannot go on with them. */
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
        return number.length <= most.digits ? [go(position, number)] : [];
      }
      return numberWhole.test(text) ? step(go('after-value'), char, root) : [];
    }
    default:
      if (!whitespace.test(text + char)) return between(state, char, root);
      return text.length < (position === 'start' ? maxSpacesBefore : most.spaces)
        ? [go(position, text + char)]
        : [];
  }
}

/** What is still to come of it may be nothing. */
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

/** How many values it has, at least and at most. */
function countsOf(node: ObjectNode | ArrayNode): readonly [number, number] {
  if (node.kind === 'array') return [node.minItems, node.maxItems];
  return node.free ? [0, Infinity] : [node.properties.length, node.properties.length];
}

/** The key leaves out its count where that makes no difference, so that it stays one of a few. */
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

/** The values that the character can begin. */
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
        if (char !== (isObject ? '{' : '[') || depth + minDepthOf(node) > most.depth) return [];
        // With no item allowed, it can only be closed.
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
