/** Parses the messages of the page around the frame, which may be hostile. */
import {
  type CompletionParams,
  type Connect,
  type HostMessage,
  type MessageRole,
  widgetLimits,
  widgetModes,
  type WidgetOptions,
  widgetThemes,
} from './widget';
import {
  fieldsOf,
  isId,
  oneOf,
  readBoolean,
  readNumber,
  readOptional,
  type Reader,
  textUpTo,
} from './widget-reading';

const shortText = textUpTo(100);
const optionText = textUpTo(widgetLimits.optionCharacters);

/** Null if it is not a connect message. If the version is another one, only the version is read. */
export function parseConnect(data: unknown): Connect | { readonly version: number } | null {
  const fields = fieldsOf(data);
  if (fields?.['type'] !== 'corral-connect') return null;
  const version = readNumber(fields['version']);
  if (version === undefined) return null;
  const options = readOptions(fields['options']);
  return options ? { type: 'corral-connect', version, options } : { version };
}

/** Null if it is not a message of this version. */
export function parseHostMessage(data: unknown): HostMessage | null {
  const fields = fieldsOf(data);
  if (!fields) return null;
  const { type, id } = fields;
  switch (type) {
    case 'configure': {
      const options = readOptions(fields['options']);
      return options && { type, options };
    }
    case 'focus':
    case 'stop':
    case 'new-chat':
      return { type };
    case 'prefill': {
      const text = optionText(fields['text']);
      return text === undefined ? null : { type, text };
    }
    case 'complete':
      return isId(id) ? { type, id, order: readParams(fields['order']) } : null;
    case 'models':
    case 'abort':
      return isId(id) ? { type, id } : null;
    default:
      return null;
  }
}

function readOptions(value: unknown): WidgetOptions | null {
  const fields = fieldsOf(value);
  if (!fields) return null;
  const mode = oneOf(widgetModes)(fields['mode']);
  const name = shortText(fields['name']);
  const others = readOptional<Omit<WidgetOptions, 'mode' | 'name'>>(fields, {
    model: shortText,
    systemPrompt: optionText,
    pinned: optionText,
    theme: oneOf(widgetThemes),
    lang: shortText,
    placeholder: textUpTo(200),
    accent: shortText,
  });
  return mode && name !== undefined && others ? { mode, name, ...others } : null;
}

const roles: readonly MessageRole[] = ['system', 'user', 'assistant'];

function readParams(value: unknown): CompletionParams | null {
  const fields = fieldsOf(value);
  if (!fields) return null;
  const messages = readMessages(fields['messages']);
  const others = readOptional<Omit<CompletionParams, 'messages'>>(fields, {
    model: shortText,
    temperature: readNumber,
    topP: readNumber,
    topK: readNumber,
    minP: readNumber,
    frequencyPenalty: readNumber,
    presencePenalty: readNumber,
    maxTokens: readNumber,
    seed: readNumber,
    stop: readStop,
    json: readBoolean,
    schema: readBoolean,
    jsonSchema: textUpTo(widgetLimits.requestCharacters),
  });
  return messages && others && { messages, ...others };
}

const readStop: Reader<readonly string[]> = (value) => {
  if (!Array.isArray(value) || value.length > 16) return undefined;
  const texts = value.map(shortText);
  return texts.every((text) => text !== undefined) ? texts : undefined;
};

function readMessages(value: unknown): CompletionParams['messages'] | null {
  if (!Array.isArray(value) || value.length > widgetLimits.requestMessages) return null;
  let leftCharacters: number = widgetLimits.requestCharacters;
  const messages = [];
  for (const one of value) {
    const fields = fieldsOf(one);
    const role = fields && oneOf(roles)(fields['role']);
    const content = fields && textUpTo(leftCharacters)(fields['content']);
    if (!role || typeof content !== 'string') return null;
    leftCharacters -= content.length;
    messages.push({ role, content });
  }
  return messages;
}
