/**
 * Reads a conversation out of an imported file, which anyone may have written: every value is checked, and
 * what this version does not know is left behind.
 */
import { AppError, type ErrorCode, errorCodes, type ErrorData } from '../protocol/errors';
import {
  type AnswerFigures,
  type AnswerState,
  type AnswerTurn,
  type Conversation,
  conversationSchema,
  settle,
  type Turn,
} from './conversation';
import { readSettings } from './conversation-settings';

type Raw = Readonly<Record<string, unknown>>;

/** Ids become keys of the database and parts of addresses. */
const idPattern = /^[\w-]{1,64}$/;
const maxNameCharacters = 1000;

/** `where` is the value's place in the file. Throws `import-damaged` or `import-newer`. */
export function readImported(value: unknown, where: string): Conversation {
  const raw = asObject(value, where);
  if (typeof raw['schema'] === 'number' && raw['schema'] > conversationSchema) {
    throw new AppError('import-newer');
  }
  if (raw['schema'] !== conversationSchema) fail(`${where}.schema`);
  const turns = asArray(raw['turns'], `${where}.turns`).map((turn, index) =>
    readTurn(turn, `${where}.turns[${index}]`),
  );
  checkTree(turns, where);
  const leafId = raw['leafId'] === null ? null : asId(raw['leafId'], `${where}.leafId`);
  if (leafId !== null && !turns.some(({ id }) => id === leafId)) fail(`${where}.leafId`);
  const { title, onTop } = raw;
  return settle({
    schema: conversationSchema,
    id: asId(raw['id'], `${where}.id`),
    createdMs: asTime(raw['createdMs'], `${where}.createdMs`),
    turns,
    leafId,
    settings: readSettings(asObject(raw['settings'], `${where}.settings`)),
    ...(title === undefined ? {} : { title: asName(title, `${where}.title`) }),
    ...(onTop === undefined ? {} : { onTop: asBoolean(onTop, `${where}.onTop`) }),
  });
}

/** Ids are unique, and a turn stands after its parent: so it is a tree, without circles. */
function checkTree(turns: readonly Turn[], where: string): void {
  const ids = new Set<string>();
  for (const [index, { id, parentId }] of turns.entries()) {
    if (ids.has(id)) fail(`${where}.turns[${index}].id`);
    if (parentId !== null && !ids.has(parentId)) fail(`${where}.turns[${index}].parentId`);
    ids.add(id);
  }
}

function readTurn(value: unknown, where: string): Turn {
  const raw = asObject(value, where);
  const common = {
    id: asId(raw['id'], `${where}.id`),
    parentId: raw['parentId'] === null ? null : asId(raw['parentId'], `${where}.parentId`),
    text: asText(raw['text'], `${where}.text`),
    atMs: asTime(raw['atMs'], `${where}.atMs`),
  };
  if (raw['role'] === 'user') return { role: 'user', ...common };
  if (raw['role'] !== 'assistant') fail(`${where}.role`);
  return { role: 'assistant', ...common, ...readAnswer(raw, where) };
}

type AnswerPart = Omit<AnswerTurn, 'role' | 'id' | 'parentId' | 'text' | 'atMs'>;

const states: readonly AnswerState[] = [
  ...(['waiting', 'streaming', 'done', 'stopped', 'unfinished', 'failed'] as const),
];

function readAnswer(raw: Raw, where: string): AnswerPart {
  const { modelName, alsoBy, error, figures, cutShort } = raw;
  const state = states.find((known) => known === raw['state']) ?? fail(`${where}.state`);
  return {
    modelId: asName(raw['modelId'], `${where}.modelId`),
    ...(modelName === undefined ? {} : { modelName: asName(modelName, `${where}.modelName`) }),
    ...(alsoBy === undefined ? {} : { alsoBy: readModels(alsoBy, `${where}.alsoBy`) }),
    state,
    ...(error === undefined ? {} : { error: readError(error, `${where}.error`) }),
    ...(figures === undefined ? {} : { figures: readFigures(figures, `${where}.figures`) }),
    ...(cutShort === undefined ? {} : { cutShort: asBoolean(cutShort, `${where}.cutShort`) }),
  };
}

function readModels(value: unknown, where: string) {
  return asArray(value, where).map((entry, index) => {
    const { id, name } = asObject(entry, `${where}[${index}]`);
    return {
      id: asName(id, `${where}[${index}].id`),
      name: asName(name, `${where}[${index}].name`),
    };
  });
}

function readError(value: unknown, where: string): { code: ErrorCode; data: ErrorData } {
  const raw = asObject(value, where);
  const code = errorCodes.find((known) => known === raw['code']) ?? fail(`${where}.code`);
  const data = Object.entries(asObject(raw['data'], `${where}.data`)).map(([name, entry]) => {
    if (typeof entry !== 'string' && typeof entry !== 'number') fail(`${where}.data`);
    return [name, entry] as const;
  });
  return { code, data: Object.fromEntries(data) };
}

function readFigures(value: unknown, where: string): AnswerFigures {
  const raw = asObject(value, where);
  const figure = (name: keyof AnswerFigures) => asNumber(raw[name], `${where}.${name}`);
  return {
    timeToFirstTokenMs: figure('timeToFirstTokenMs'),
    tokensPerSecond: figure('tokensPerSecond'),
    promptTokens: figure('promptTokens'),
    cachedTokens: figure('cachedTokens'),
    completionTokens: figure('completionTokens'),
    prefillMs: figure('prefillMs'),
  };
}

function fail(where: string): never {
  throw new AppError('import-damaged', { where });
}

function asObject(value: unknown, where: string): Raw {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(where);
  return value as Raw;
}

const asArray = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? value : fail(where);

const asText = (value: unknown, where: string): string =>
  typeof value === 'string' ? value : fail(where);

const asId = (value: unknown, where: string): string =>
  typeof value === 'string' && idPattern.test(value) ? value : fail(where);

const asName = (value: unknown, where: string): string =>
  typeof value === 'string' && value.length <= maxNameCharacters ? value : fail(where);

const asNumber = (value: unknown, where: string): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fail(where);

/** Dates reach a hundred million days from 1970. */
const asTime = (value: unknown, where: string): number =>
  Math.abs(asNumber(value, where)) <= 8.64e15 ? (value as number) : fail(where);

const asBoolean = (value: unknown, where: string): boolean =>
  typeof value === 'boolean' ? value : fail(where);
