// Answers held to a JSON schema: what is written parses and satisfies it, and what cannot be held is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonSchema, type ReadSchema } from '../../../src/core/prompt/json-schema';
import { JsonText } from '../../../workers/engines/json-text';

type Schema = Readonly<Record<string, unknown>>;

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (schema: unknown): ReadSchema => readJsonSchema(JSON.stringify(schema));

function textFor(schema: unknown): JsonText {
  const result = read(schema);
  if ('fault' in result) throw new Error(result.fault);
  return new JsonText(result.root);
}

function holds(schema: unknown, text: string): boolean {
  const json = textFor(schema);
  const bytes = utf8(text);
  if (!json.accepts(bytes)) return false;
  json.add(bytes);
  return json.isWhole;
}

const object = (properties: Schema) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** An independent reading of the subset. */
function satisfies(value: unknown, schema: Schema | true, document: Schema): boolean {
  if (schema === true) return true;
  const { $ref, anyOf, type } = schema as { $ref?: string; anyOf?: Schema[]; type?: string };
  if ($ref !== undefined) {
    const name = $ref.split('/')[2];
    const defs = document['$defs'] as Record<string, Schema>;
    return satisfies(value, name === undefined ? document : defs[name]!, document);
  }
  if (anyOf) return anyOf.some((one) => satisfies(value, one, document));
  const values = 'const' in schema ? [schema['const']] : (schema['enum'] as unknown[] | undefined);
  if (values) return values.some((one) => JSON.stringify(one) === JSON.stringify(value));
  if (type === 'object') {
    const properties = schema['properties'] as Record<string, Schema>;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const names = Object.keys(properties);
    if (!isObject || Object.keys(value).length !== names.length) return false;
    return names.every(
      (name) =>
        Object.hasOwn(value, name) &&
        satisfies((value as Schema)[name], properties[name]!, document),
    );
  }
  if (type === 'array') {
    const { minItems = 0, maxItems = Infinity } = schema as Record<string, number>;
    if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false;
    return value.every((one) => satisfies(one, schema['items'] as Schema, document));
  }
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

const { value: anyValue } = fc.letrec<{ value: Schema }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('string', 'number', 'integer', 'boolean', 'null').map((type) => ({ type })),
    fc.constant({ anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] }),
    fc
      .uniqueArray(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.integer(), fc.constant(null)),
        { minLength: 1, maxLength: 4 },
      )
      .map((values) => ({ enum: values })),
    fc.jsonValue({ maxDepth: 1 }).map((value) => ({ const: value })),
    fc
      .dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), tie('value'), { maxKeys: 3 })
      .map(object),
    fc
      .record({ items: tie('value'), minItems: fc.nat(2), more: fc.nat(2) })
      .map(({ items, minItems, more }) => ({
        type: 'array',
        items,
        minItems,
        maxItems: minItems + more,
      })),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
}));

const tree = object({
  name: { type: 'string' },
  left: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] },
  children: { type: 'array', items: { $ref: '#/$defs/tree' } },
});
const anySchema = fc
  .dictionary(fc.string({ maxLength: 5 }), anyValue, { maxKeys: 3 })
  .map((properties) => ({ ...object(properties), $defs: { tree } }));

/** Those that end soonest first; then all others. */
const endings = [...utf8('"}]:0ntf'), ...Array.from({ length: 256 }, (_, byte) => byte)];
const byEnding = [...new Set(endings)].sort(
  (a, b) =>
    Number(',[{'.includes(String.fromCharCode(a))) - Number(',[{'.includes(String.fromCharCode(b))),
);

describe('text that must satisfy a schema', () => {
  it('parses and satisfies it for any tried continuation, and can always be ended', () => {
    const tries = fc.array(fc.integer({ min: 9, max: 255 }), { maxLength: 120 });
    fc.assert(
      fc.property(anySchema, tries, (schema, tried) => {
        const json = textFor(schema);
        const written: number[] = [];
        const take = (byte: number) => {
          json.add(Uint8Array.of(byte));
          written.push(byte);
        };
        for (const byte of tried) {
          if (json.isWhole) break;
          // What is tried at random would rarely fit.
          const fits = [byte, ...utf8('{"}],:[1-n')].find((one) =>
            json.accepts(Uint8Array.of(one)),
          );
          if (fits !== undefined) take(fits);
        }
        for (let count = 0; !json.isWhole && count < 5000; count += 1) {
          const next = byEnding.find((byte) => json.accepts(Uint8Array.of(byte)));
          expect(next, String.fromCharCode(...written)).toBeDefined();
          take(next!);
        }
        const text = new TextDecoder().decode(Uint8Array.from(written));
        expect(satisfies(JSON.parse(text), schema, schema), text).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('writes all fields in the schema’s order, and no others', () => {
    const schema = object({ name: { type: 'string' }, age: { type: 'integer' } });
    expect(holds(schema, '{"name": "Ada", "age": 36}')).toBe(true);
    expect(holds(schema, '{\n  "name": "Ada",\n  "age": 36\n}')).toBe(true);
    const others = [
      '{}',
      '{"name": "Ada"}',
      '{"age": 36, "name": "Ada"}',
      '{"name": "Ada", "age": 3.5}',
    ];
    for (const other of [...others, '{"name": 1}', '{"nam": "Ada", "age": 36}']) {
      expect(holds(schema, other), other).toBe(false);
    }
  });

  it('accepts constants and choices, also if one is the beginning of another', () => {
    const schema = object({
      size: { enum: [1, 12, 'città', null] },
      kind: { anyOf: [{ const: 'a' }, { const: 'ab' }, object({ kind: { const: 'b' } })] },
    });
    for (const size of [1, 12, 'città', null]) {
      for (const kind of ['a', 'ab', { kind: 'b' }]) {
        expect(holds(schema, JSON.stringify({ size, kind }))).toBe(true);
      }
    }
    expect(holds(schema, '{"size": 2, "kind": "a"}')).toBe(false);
    expect(holds(schema, '{"size": 1, "kind": "abc"}')).toBe(false);
  });

  it('accepts a character of a name or constant that is spread over tokens', () => {
    const json = textFor(object({ più: { const: '🦙' } }));
    for (const byte of utf8('{"più": "🦙"}')) {
      expect(json.accepts(Uint8Array.of(byte))).toBe(true);
      json.add(Uint8Array.of(byte));
    }
    expect(json.isWhole).toBe(true);
  });

  it('follows a schema that speaks of itself, down to 32 brackets', () => {
    const list = { ...object({ next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }) };
    expect(holds(list, '{"next": {"next": {"next": null}}}')).toBe(true);
    const deep = '{"next": '.repeat(32);
    expect(textFor(list).accepts(utf8(`${deep}null`))).toBe(true);
    expect(textFor(list).accepts(utf8(`${deep}{`))).toBe(false);
  });

  it('leaves open what the schema leaves open', () => {
    const schema = object({ free: { type: 'object' }, any: {}, list: { type: 'array' } });
    expect(holds(schema, '{"free": {"a": [1]}, "any": "x", "list": [{}, 1]}')).toBe(true);
    expect(holds({ type: 'object' }, '{"a": 1}')).toBe(true);
  });

  it('does not take longer for choices that are alike', () => {
    const same = { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }, { type: 'null' }] };
    const a = object({ x: same });
    const schema = { ...object({ x: same }), $defs: { a, b: { ...a, title: 'b' } } };
    const json = textFor(schema);
    const startMs = performance.now();
    json.add(utf8('{"x": '.repeat(31)));
    expect(performance.now() - startMs).toBeLessThan(2000);
    json.add(utf8(`null${'}'.repeat(31)}`));
    expect(json.isWhole).toBe(true);
  });
});

describe('a schema that cannot be held', () => {
  const inside = (schema: Schema) => object({ a: schema });
  it.each([
    [{ type: 'string', pattern: '^(a+)+$' }, '#/properties/a/pattern'],
    [{ type: 'string', format: 'date' }, '#/properties/a/format'],
    [{ type: 'number', minimum: 1 }, '#/properties/a/minimum'],
    [{ allOf: [{}] }, '#/properties/a/allOf'],
    [{ type: 'text' }, '#/properties/a/type'],
    [{ type: [] }, '#/properties/a/type'],
    [{ anyOf: [] }, '#/properties/a/anyOf'],
    [{ enum: [] }, '#/properties/a/enum'],
    [{ type: 'string', enum: [1] }, '#/properties/a/enum'],
    [{ $ref: 'https://a.test/schema' }, '#/properties/a/$ref'],
    [{ $ref: '#/$defs/none' }, '#/properties/a/$ref'],
    [{ $ref: '#/properties/a' }, '#'],
    [{ type: 'object', properties: { x: {} }, required: ['y'] }, '#/properties/a/required'],
    [{ type: 'array', items: false }, '#/properties/a/items'],
    [{ type: 'array', minItems: 2, maxItems: 1 }, '#/properties/a/maxItems'],
  ])('%j', (schema, fault) => expect(read(inside(schema))).toEqual({ fault }));

  it.each([{}, [], null, 1, { type: 'string' }, { anyOf: [{ type: 'object' }, { type: 'null' }] }])(
    'is none of an object: %j',
    (schema) => expect(read(schema)).toHaveProperty('fault'),
  );

  it('could never end, or is too deep, too long or has too many parts', () => {
    expect(read(object({ next: { $ref: '#' } }))).toEqual({ fault: '#' });
    const nested = (depth: number): Schema => (depth === 0 ? {} : inside(nested(depth - 1)));
    expect(read(nested(20))).toHaveProperty('root');
    expect(read(nested(40))).toHaveProperty('fault');
    expect(readJsonSchema('['.repeat(40_000))).toEqual({ fault: '#' });
    expect(readJsonSchema(`{"title": "${'x'.repeat(50_000)}"}`)).toEqual({ fault: '#' });
    const wide = Array.from({ length: 3000 }, (_, at) => [`p${at}`, { type: 'null' }]);
    expect(read(object(Object.fromEntries(wide) as Schema))).toHaveProperty('fault');
  });

  it('is found for any answer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readJsonSchema(text); // never throws
      }),
    );
  });
});
