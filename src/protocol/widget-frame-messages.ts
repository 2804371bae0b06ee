/** Parses the frame's messages, on the host page. */
import type { FrameMessage, WidgetError, WidgetModel, WidgetUsage } from './widget';
import { fieldsOf, isId, oneOf, readBoolean, readNumber, textUpTo } from './widget-reading';

const readText = textUpTo(Infinity);
const readPhase = oneOf(['downloading', 'loading', 'ready', 'failed'] as const);
const readFinish = oneOf(['stop', 'length', 'aborted'] as const);
const readRole = oneOf(['user', 'assistant'] as const);

/** Null if it is not a message of this version. */
export function parseFrameMessage(data: unknown): FrameMessage | null {
  const fields = fieldsOf(data);
  if (!fields) return null;
  const { type, id } = fields;
  const [model, text] = [readText(fields['model']), readText(fields['text'])];
  switch (type) {
    case 'connected': {
      const version = readNumber(fields['version']);
      return version === undefined || model === undefined ? null : { type, version, model };
    }
    case 'refused':
    case 'error': {
      const error = readError(fields['error']);
      return error && { type, error };
    }
    case 'progress': {
      const phase = readPhase(fields['phase']);
      return phase ? { type, phase, progress01: readNumber(fields['progress01']) ?? null } : null;
    }
    case 'message': {
      const role = readRole(fields['role']);
      return role ? { type, role, failed: fields['failed'] === true } : null;
    }
    case 'close':
      return { type };
    case 'attention': {
      const wanted = readBoolean(fields['wanted']);
      return wanted === undefined ? null : { type, wanted, mark: fields['mark'] === true };
    }
    case 'started':
      return isId(id) && model !== undefined ? { type, id, model } : null;
    case 'delta':
      return isId(id) && text !== undefined ? { type, id, text } : null;
    case 'done': {
      const [finish, usage] = [readFinish(fields['finish']), readUsage(fields['usage'])];
      return isId(id) && finish && usage ? { type, id, finish, usage } : null;
    }
    case 'model-list': {
      const models = readModels(fields['models']);
      return isId(id) && models ? { type, id, models } : null;
    }
    case 'failed': {
      const error = readError(fields['error']);
      return isId(id) && error ? { type, id, error } : null;
    }
    default:
      return null;
  }
}

function readError(value: unknown): WidgetError | null {
  const fields = fieldsOf(value);
  const [code, message] = [readText(fields?.['code']), readText(fields?.['message'])];
  return code === undefined || message === undefined ? null : { code, message };
}

function readUsage(value: unknown): WidgetUsage | null {
  const fields = fieldsOf(value) ?? {};
  const [promptTokens, cachedTokens, completionTokens] = [
    readNumber(fields['promptTokens']),
    readNumber(fields['cachedTokens']),
    readNumber(fields['completionTokens']),
  ];
  return promptTokens === undefined || cachedTokens === undefined || completionTokens === undefined
    ? null
    : { promptTokens, cachedTokens, completionTokens };
}

function readModels(value: unknown): readonly WidgetModel[] | null {
  if (!Array.isArray(value)) return null;
  const models = value.map((one): WidgetModel | null => {
    const fields = fieldsOf(one) ?? {};
    const [id, name] = [readText(fields['id']), readText(fields['name'])];
    const contextTokens = readNumber(fields['contextTokens']);
    const downloadBytes = readNumber(fields['downloadBytes']);
    return id === undefined || name === undefined || !contextTokens || downloadBytes === undefined
      ? null
      : { id, name, contextTokens, downloadBytes };
  });
  return models.every((model) => model !== null) ? models : null;
}
