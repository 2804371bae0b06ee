/** The graph of nodes that a growing JSON text can be held to; `json-schema.ts` makes one of a schema. */

interface Node {
  /** Tells nodes of one schema apart. */
  readonly id: number;
}
export interface ObjectNode extends Node {
  readonly kind: 'object';
  /** In the order in which they are written: all of them, and no others. A key is as a literal's text. */
  readonly properties: readonly { readonly key: string; readonly value: JsonNode }[];
  /** The model chooses names, and each value is this; null where the properties are all there is. */
  readonly free: JsonNode | null;
  /** How many brackets, at least, are open at once while it is written. */
  minDepth: number;
}
export interface ArrayNode extends Node {
  readonly kind: 'array';
  readonly items: JsonNode;
  readonly minItems: number;
  readonly maxItems: number;
  minDepth: number;
}
/** Exactly one of these texts, such as `"red"` or `null`: UTF-8, a character for each byte. */
interface LiteralNode extends Node {
  readonly kind: 'literal';
  readonly texts: readonly string[];
}
interface ScalarNode extends Node {
  readonly kind: 'string' | 'number' | 'integer';
}
/** None of the options is a choice itself. */
export interface ChoiceNode extends Node {
  readonly kind: 'choice';
  options: readonly ValueNode[];
}
export type ValueNode = ObjectNode | ArrayNode | LiteralNode | ScalarNode;
export type JsonNode = ValueNode | ChoiceNode;

export const schemaLimits = {
  characters: 50_000,
  nodes: 2000,
  /** Of the schema's own nesting, and of the brackets of what is written. */
  depth: 32,
} as const;

/** Of any object: its names and values are the model's. */
export function anyObject(): ObjectNode {
  const nodes = new Nodes();
  const [root] = nodes.any().options.filter((one) => one.kind === 'object');
  return root!;
}

/** What there is not, by its place in the schema, such as `#/properties/name/pattern`. */
export class Fault extends Error {}

/** A choice while it is read: an option may be a choice, or be read later. */
type Drafts = Map<ChoiceNode, JsonNode[]>;

export class Nodes {
  readonly drafts: Drafts = new Map();
  readonly containers: (ObjectNode | ArrayNode)[] = [];
  #count = 0;
  #any: ChoiceNode | null = null;

  id(at = '#'): number {
    this.#count += 1;
    if (this.#count > schemaLimits.nodes) throw new Fault(at);
    return this.#count;
  }

  choice(at?: string): ChoiceNode {
    const node: ChoiceNode = { kind: 'choice', id: this.id(at), options: [] };
    this.drafts.set(node, []);
    return node;
  }

  object(content: Pick<ObjectNode, 'properties' | 'free'>, at?: string): ObjectNode {
    const node: ObjectNode = { kind: 'object', id: this.id(at), ...content, minDepth: 1 };
    this.containers.push(node);
    return node;
  }

  array(items: JsonNode, bounds: Pick<ArrayNode, 'minItems' | 'maxItems'>, at?: string): ArrayNode {
    const node: ArrayNode = { kind: 'array', id: this.id(at), items, ...bounds, minDepth: 1 };
    this.containers.push(node);
    return node;
  }

  any(): ChoiceNode {
    if (this.#any) return this.#any;
    const any = (this.#any = this.choice());
    const texts = ['true', 'false', 'null'];
    any.options = [
      { kind: 'string', id: this.id() },
      { kind: 'number', id: this.id() },
      { kind: 'literal', id: this.id(), texts },
      this.object({ properties: [], free: any }),
      this.array(any, { minItems: 0, maxItems: Infinity }),
    ];
    this.drafts.set(any, [...any.options]);
    return any;
  }

  /** To be called once all is read. */
  settle(): void {
    this.#settleChoices();
    this.#settleDepths();
  }

  /** A choice that leads to itself, with nothing written in between, adds nothing to itself. */
  #settleChoices(): void {
    const { drafts } = this;
    for (const choice of drafts.keys()) {
      const seen = new Set<JsonNode>([choice]);
      for (const node of seen)
        for (const option of drafts.get(node as ChoiceNode) ?? []) seen.add(option);
      choice.options = [...seen].filter((node) => node.kind !== 'choice');
      if (choice.options.length === 0) throw new Fault('#');
    }
  }

  /** From above, until nothing changes: what can never end keeps an infinite depth. */
  #settleDepths(): void {
    const { containers } = this;
    for (const node of containers) node.minDepth = Infinity;
    const least = (node: JsonNode) => Math.min(...valuesOf(node).map(minDepthOf));
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const node of containers) {
        const inside =
          node.kind === 'object'
            ? node.properties.map(({ value }) => least(value))
            : node.minItems > 0
              ? [least(node.items)]
              : [];
        const depth = 1 + Math.max(0, ...inside);
        if (depth < node.minDepth) {
          node.minDepth = depth;
          isChanged = true;
        }
      }
    }
  }
}

export const valuesOf = (node: JsonNode): readonly ValueNode[] =>
  node.kind === 'choice' ? node.options : [node];

export const minDepthOf = (node: ValueNode): number =>
  node.kind === 'object' || node.kind === 'array' ? node.minDepth : 0;
