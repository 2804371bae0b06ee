/**
 * Schemas of values from storage or a file. Each can be read in two ways: a strict reading refuses invalid values, a
 * lenient one drops them. Fields that no schema names are kept.
 */

export interface Schema<T> {
  /** Returns the value itself if nothing has to be repaired. Throws `Mismatch`. */
  read(value: unknown, reading: Reading): T;
  /** The fields of a record. */
  readonly fields?: Fields;
  /** True for a record that is merged as a whole, not field by field. */
  readonly isWhole?: boolean;
}

interface OptionalSchema<T> extends Schema<T | undefined> {
  readonly isOptional: true;
}

export type Fields = Readonly<Record<string, Schema<unknown>>>;

/** The type that a schema reads. */
export type Of<S> = S extends Schema<infer T> ? T : never;

type Optional = { readonly isOptional: true };

type RecordOf<F> = {
  readonly [K in keyof F as F[K] extends Optional ? never : K]: Of<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends Optional ? K : never]?: Exclude<Of<F[K]>, undefined>;
};

/** A value does not match its schema; `where` is its path, such as `turns[3].stats`. */
export class Mismatch extends Error {
  constructor(readonly where: string) {
    super(where);
  }
}

/** How fields that the schema does not name are read. */
type Unknown = 'keep' | 'drop' | 'refuse';

/** One reading of one value. */
export class Reading {
  readonly #path: (string | number)[];

  /** `where` is the path of the whole value. */
  constructor(
    readonly isStrict: boolean,
    where = '',
    readonly unknown: Unknown = 'keep',
  ) {
    this.#path = where === '' ? [] : [where];
  }

  fail(): never {
    const steps = this.#path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
    throw new Mismatch(steps.join('').replace(/^\./, ''));
  }

  readAt<T>(step: string | number, schema: Schema<T>, value: unknown): T {
    this.#path.push(step);
    const read = schema.read(value, this);
    this.#path.pop();
    return read;
  }

  /** In a lenient reading, replaces an invalid value by the fallback. */
  readOr<T>(schema: Schema<T>, value: unknown, fallback: T): T {
    const depth = this.#path.length;
    try {
      return schema.read(value, this);
    } catch (cause) {
      if (this.isStrict || !(cause instanceof Mismatch)) throw cause;
      this.#path.length = depth;
      return fallback;
    }
  }
}

/** Null if the value does not match the schema. */
export function readOrNull<T>(schema: Schema<T>, value: unknown, reading: Reading): T | null {
  try {
    return schema.read(value, reading);
  } catch (cause) {
    if (cause instanceof Mismatch) return null;
    throw cause;
  }
}

/** Checks with a predicate, which may be stricter in a strict reading. */
export function checked<T>(isSound: (value: unknown, isStrict: boolean) => value is T): Schema<T>;
export function checked<T>(isSound: (value: unknown, isStrict: boolean) => boolean): Schema<T>;
export function checked<T>(isSound: (value: unknown, isStrict: boolean) => boolean): Schema<T> {
  return {
    read: (value, reading) => (isSound(value, reading.isStrict) ? (value as T) : reading.fail()),
  };
}

export const text = checked<string>((value) => typeof value === 'string');
export const flag = checked<boolean>((value) => typeof value === 'boolean');
export const number = checked<number>(Number.isFinite);
/** In milliseconds since 1970; `Date` covers a hundred million days before and after. */
export const time = checked<number>(
  (value) => typeof value === 'number' && Math.abs(value) <= 8.64e15,
);

export const oneOf = <const T>(...values: readonly T[]) =>
  checked<T>((value) => values.includes(value as T));

/** Parses with a function that returns null for invalid values and may normalise the others. */
export const parsed = <T>(parse: (value: unknown) => T | null): Schema<T> => ({
  read: (value, reading) => parse(value) ?? reading.fail(),
});

export const nullable = <T>(schema: Schema<T>): Schema<T | null> => ({
  read: (value, reading) => (value === null ? null : schema.read(value, reading)),
});

/** May be absent; a lenient reading drops an invalid value. */
export const optional = <T>(schema: Schema<T>): OptionalSchema<T> => ({
  ...schema,
  isOptional: true,
  read: (value, reading) =>
    value === undefined ? undefined : reading.readOr<T | undefined>(schema, value, undefined),
});

/** Required; a lenient reading uses the fallback if it is absent or invalid. */
export const withFallback = <T>(schema: Schema<T>, fallback: T): Schema<T> => ({
  ...schema,
  read: (value, reading) => reading.readOr(schema, value, fallback),
});

/** The fallback if absent; a lenient reading uses it for invalid values too. */
export const withDefault = <T>(schema: Schema<T>, fallback: T): Schema<T> => ({
  ...schema,
  read: (value, reading) =>
    value === undefined ? fallback : reading.readOr(schema, value, fallback),
});

export const whole = <T>(schema: Schema<T>): Schema<T> => ({ ...schema, isWhole: true });

export const listOf = <T>(schema: Schema<T>): Schema<readonly T[]> => ({
  read(value, reading) {
    if (!Array.isArray(value)) return reading.fail();
    const items = value.map((item, at) => reading.readAt(at, schema, item));
    return items.every((item, at) => item === value[at]) ? (value as T[]) : items;
  },
});

export const notEmpty = <T>({ read }: Schema<readonly T[]>): Schema<readonly T[]> => ({
  read: (value, reading) => {
    const items = read(value, reading);
    return items.length > 0 ? items : reading.fail();
  },
});

export const dictionaryOf = <T>(schema: Schema<T>): Schema<Readonly<Record<string, T>>> => ({
  read(value, reading) {
    const own = readObject(value, reading);
    for (const [name, entry] of Object.entries(own)) reading.readAt(name, schema, entry);
    return own as Record<string, T>;
  },
});

/** A union of records, discriminated by a field. */
export const variants = <K extends string, S extends Readonly<Record<string, Schema<unknown>>>>(
  key: K,
  schemas: S,
): Schema<Of<S[keyof S]>> => ({
  read(value, reading) {
    const kind = readObject(value, reading)[key];
    const isKnown = typeof kind === 'string' && Object.hasOwn(schemas, kind);
    const schema = isKnown ? schemas[kind]! : { read: () => reading.readAt(key, never, null) };
    return schema.read(value, reading) as Of<S[keyof S]>;
  },
});

const never = checked<never>(() => false);

export function record<F extends Fields>(fields: F): Schema<RecordOf<F>> & { readonly fields: F } {
  const named = Object.entries(fields);
  return {
    fields,
    read(value, reading) {
      const found = readObject(value, reading);
      let read = found;
      const isKnown = (name: string) => Object.hasOwn(fields, name);
      if (reading.unknown !== 'keep') {
        const others = Object.keys(found).filter((name) => !isKnown(name));
        if (others.length > 0) {
          if (reading.unknown === 'refuse') reading.readAt(others[0]!, never, null);
          read = Object.fromEntries(Object.entries(found).filter(([name]) => isKnown(name)));
        }
      }
      for (const [name, schema] of named) {
        const isHere = Object.hasOwn(found, name);
        const before = isHere ? found[name] : undefined;
        const after = reading.readAt(name, schema, before);
        if (after === before && (isHere ? before !== undefined : true)) continue;
        if (read === found) read = { ...found };
        if (after === undefined) delete read[name];
        else read[name] = after;
      }
      return read as RecordOf<F>;
    },
  };
}

/**
 * A record with renamed fields: `names` maps each older name to the current one. A value under an older name is
 * read, and stored again under the current name.
 */
export const formerly = <S extends Schema<unknown> & { readonly fields: Fields }>(
  names: Readonly<Record<string, string>>,
  schema: S,
): S => ({
  ...schema,
  read(value, reading) {
    const found = readObject(value, reading);
    const older = Object.keys(names).filter((name) => Object.hasOwn(found, name));
    if (older.length === 0) return schema.read(found, reading);
    const renamed = { ...found };
    for (const name of older) {
      renamed[names[name]!] ??= found[name];
      delete renamed[name];
    }
    return schema.read(renamed, reading);
  },
});

/** `__proto__` is not a field of any version. */
function readObject(value: unknown, reading: Reading): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return reading.fail();
  if (!Object.hasOwn(value, '__proto__')) return value as Record<string, unknown>;
  if (reading.unknown === 'refuse') reading.readAt('__proto__', never, null);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '__proto__'));
}

/** Ids become database keys and parts of addresses, so an imported id may hold these characters only. */
export const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

export const recordId = checked<string>(
  (value, isStrict) => typeof value === 'string' && (!isStrict || isId(value)),
);
