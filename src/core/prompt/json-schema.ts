/**
 * A JSON schema as a graph of nodes that a growing text can be held to. What it takes is the subset that OpenAI's
 * structured outputs name; every other keyword is refused, so that what is written always satisfies the schema.
 */

import {
  type ChoiceNode,
  Fault,
  type JsonNode,
  Nodes,
  type ObjectNode,
  schemaLimits,
  valuesOf,
} from './json-nodes';

export type ReadSchema =
  | { readonly root: ObjectNode }
  /** Where the schema asks for what there is not, such as `#/properties/name/pattern`. */
  | { readonly fault: string };

/** Never throws; the text may be anybody's. */
export function readJsonSchema(text: string): ReadSchema {
  if (text.length > schemaLimits.characters) return { fault: '#' };
  try {
    return { root: new SchemaReader(JSON.parse(text)).read() };
  } catch (cause) {
    return { fault: cause instanceof Fault ? cause.message : '#' };
  }
}

type Schema = Readonly<Record<string, unknown>>;

/** They say nothing of which values fit. */
const annotations = [
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
];
const ofTypes: Readonly<Record<string, readonly string[]>> = {
  // Whatever else it would allow, none is ever written.
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
};

class SchemaReader {
  readonly #document: unknown;
  readonly #nodes = new Nodes();
  readonly #refs = new Map<string, ChoiceNode>();

  constructor(document: unknown) {
    this.#document = document;
  }

  read(): ObjectNode {
    const root = this.#node(this.#document, '#', 0);
    this.#nodes.settle();
    const [object, ...others] = valuesOf(root);
    if (object?.kind !== 'object' || others.length > 0) throw new Fault('#/type');
    if (object.minDepth > schemaLimits.depth) throw new Fault('#');
    return object;
  }

  #node(value: unknown, at: string, depth: number): JsonNode {
    if (value === true) return this.#nodes.any();
    if (!isSchema(value) || depth > schemaLimits.depth) throw new Fault(at);
    const { $ref, anyOf, enum: values, const: constant, type } = value;
    if ($ref !== undefined) {
      only(value, ['$ref'], at);
      return this.#reference($ref, `${at}/$ref`, depth);
    }
    if (anyOf !== undefined) {
      only(value, ['anyOf'], at);
      if (!Array.isArray(anyOf) || anyOf.length === 0) throw new Fault(`${at}/anyOf`);
      const options = anyOf.map((one, index) => this.#node(one, `${at}/anyOf/${index}`, depth + 1));
      return this.#choice(options, at);
    }
    if (values !== undefined || Object.hasOwn(value, 'const')) {
      return this.#literals(value, values ?? [constant], at);
    }
    const implied = ['object', 'array'].filter((one) => ofTypes[one]!.some((key) => key in value));
    const types: unknown[] = Array.isArray(type) ? type : type === undefined ? implied : [type];
    only(value, ['type', ...types.flatMap((one) => ofTypes[String(one)] ?? [])], at);
    if (types.length === 0) {
      if (Array.isArray(type)) throw new Fault(`${at}/type`);
      return this.#nodes.any();
    }
    const nodes = types.map((one) => this.#ofType(one, value, at, depth));
    return nodes.length === 1 ? nodes[0]! : this.#choice(nodes, at);
  }

  #choice(options: JsonNode[], at: string): ChoiceNode {
    const node = this.#nodes.choice(at);
    this.#nodes.drafts.set(node, options);
    return node;
  }

  #ofType(type: unknown, schema: Schema, at: string, depth: number): JsonNode {
    const id = () => this.#nodes.id(at);
    switch (type) {
      case 'string':
      case 'number':
      case 'integer':
        return { kind: type, id: id() };
      case 'boolean':
        return { kind: 'literal', id: id(), texts: ['true', 'false'] };
      case 'null':
        return { kind: 'literal', id: id(), texts: ['null'] };
      case 'object':
        return this.#object(schema, at, depth);
      case 'array':
        return this.#array(schema, at, depth);
      default:
        throw new Fault(`${at}/type`);
    }
  }

  #object(schema: Schema, at: string, depth: number): ObjectNode {
    const { properties = {}, required = [], additionalProperties } = schema;
    const isFree = schema['properties'] === undefined && additionalProperties !== false;
    if (!isSchema(properties)) throw new Fault(`${at}/properties`);
    const isKnown = (name: unknown) =>
      typeof name === 'string' && Object.hasOwn(properties, name) && name.isWellFormed();
    if (!Array.isArray(required) || !required.every(isKnown)) throw new Fault(`${at}/required`);
    const read = Object.entries(properties).map(([name, value]) => ({
      key: jsonText(name),
      value: this.#node(value, `${at}/properties/${name}`, depth + 1),
    }));
    return this.#nodes.object({ properties: read, free: isFree ? this.#nodes.any() : null }, at);
  }

  #array({ items = true, minItems = 0, maxItems = Infinity }: Schema, at: string, depth: number) {
    const isCount = (count: unknown) =>
      count === Infinity || (Number.isSafeInteger(count) && (count as number) >= 0);
    if (!isCount(minItems)) throw new Fault(`${at}/minItems`);
    if (!isCount(maxItems) || maxItems! < minItems!) throw new Fault(`${at}/maxItems`);
    const bounds = { minItems: minItems as number, maxItems: maxItems as number };
    return this.#nodes.array(this.#node(items, `${at}/items`, depth + 1), bounds, at);
  }

  #literals(schema: Schema, values: unknown, at: string): JsonNode {
    const { type } = schema;
    only(schema, ['enum', 'const', 'type'], at);
    if (schema['enum'] !== undefined && Object.hasOwn(schema, 'const'))
      throw new Fault(`${at}/const`);
    if (!Array.isArray(values)) throw new Fault(`${at}/enum`);
    const types = (Array.isArray(type) ? type : [type]) as unknown[];
    const fitting =
      type === undefined ? values : values.filter((one) => types.some((name) => isOf(one, name)));
    if (fitting.length === 0) throw new Fault(`${at}/enum`);
    const texts = [...new Set(fitting.map(jsonText))];
    return { kind: 'literal', id: this.#nodes.id(at), texts };
  }

  /** Each place is read once, so that a schema may speak of itself. */
  #reference(ref: unknown, at: string, depth: number): JsonNode {
    if (typeof ref !== 'string' || !ref.startsWith('#')) throw new Fault(at);
    const known = this.#refs.get(ref);
    if (known) return known;
    const node = this.#nodes.choice(at);
    this.#refs.set(ref, node);
    const target = pointedAt(this.#document, ref);
    if (target === undefined) throw new Fault(at);
    this.#nodes.drafts.set(node, [this.#node(target, ref, depth + 1)]);
    return node;
  }
}

/** Compact, as UTF-8. */
const jsonText = (value: unknown): string =>
  String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)));

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function only(schema: Schema, keywords: readonly string[], at: string): void {
  const other = Object.keys(schema).find((one) => ![...keywords, ...annotations].includes(one));
  if (other !== undefined) throw new Fault(`${at}/${other}`);
}

function isOf(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isSchema(value) : typeof value === type;
}

/** By a JSON pointer in a fragment (RFC 6901), such as `#/$defs/node`. */
function pointedAt(document: unknown, ref: string): unknown {
  let value = document;
  for (const part of ref.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Schema)[name];
  }
  return ref === '#' || ref.startsWith('#/') ? value : undefined;
}
