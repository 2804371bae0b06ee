/** The host page's API in OpenAI's format, over a frame's port. */
import type { CompletionParams, WidgetUsage } from '../protocol/widget';
import type { FrameLink } from './frame-link';
import { given } from './options';
import type {
  Completion,
  CompletionChunk,
  CompletionRequest,
  Completions,
  CompletionUsage,
  JsonSchemaFormat,
  Models,
  RequestOptions,
} from './public';

type Link = () => FrameLink;

export function makeCompletions(link: Link): Completions {
  async function create(request: CompletionRequest, { signal }: RequestOptions = {}) {
    signal?.throwIfAborted();
    const call = link().call({ type: 'complete', order: paramsOf(request) });
    const aborted = abortOf(signal);
    const next = () => Promise.race([call.next(), aborted.promise]);
    const end = () => {
      aborted.forget();
      call.end();
    };
    const started = await next().catch((error: unknown) => {
      end();
      throw error;
    });
    const model = started.type === 'started' ? started.model : '';
    const meta = {
      id: `chatcmpl-${crypto.randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      model,
    };
    const chunk = (
      delta: CompletionChunk['choices'][0]['delta'],
      last?: Last,
    ): CompletionChunk => ({
      ...meta,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: last?.finish ?? null }],
      usage: last?.usage ?? null,
    });
    async function* stream(): AsyncGenerator<CompletionChunk, void> {
      try {
        yield chunk({ role: 'assistant', content: '' });
        for (;;) {
          const event = await next();
          if (event.type === 'delta') yield chunk({ content: event.text });
          if (event.type !== 'done') continue;
          const finish = event.finish === 'length' ? 'length' : 'stop';
          yield chunk({}, { finish, usage: usageOf(event.usage) });
          return;
        }
      } finally {
        end();
      }
    }
    return request.stream ? stream() : collected(stream());
  }
  return { create: create as Completions['create'] };
}

export function makeModels(link: Link): Models {
  return {
    async list() {
      const event = await link().call({ type: 'models' }).next();
      const models = event.type === 'model-list' ? event.models : [];
      const data = models.map(({ id, name, contextTokens, downloadBytes }) => ({
        id,
        object: 'model' as const,
        name,
        context_tokens: contextTokens,
        download_bytes: downloadBytes,
      }));
      return { object: 'list', data };
    },
  };
}

interface Last {
  readonly finish: 'stop' | 'length';
  readonly usage: CompletionUsage;
}

async function collected(stream: AsyncIterable<CompletionChunk>): Promise<Completion> {
  let content = '';
  let last: CompletionChunk | undefined;
  for await (const part of stream) {
    content += part.choices[0]?.delta.content ?? '';
    last = part;
  }
  const { id, created, model, usage, choices } = last!;
  const [choice] = choices;
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    usage: usage!,
    choices: [
      { index: 0, message: { role: 'assistant', content }, finish_reason: choice!.finish_reason! },
    ],
  };
}

/** Leaves out undefined fields: the frame then uses its defaults. */
function paramsOf(request: CompletionRequest): CompletionParams {
  const { messages, stop, response_format: format } = request;
  const type: string = format?.type ?? 'text';
  const json = type === 'json_object';
  const schema = (format as Partial<JsonSchemaFormat> | undefined)?.json_schema?.schema;
  const params = {
    messages: messages.map(({ role, content }) => ({ role, content })),
    model: request.model,
    temperature: request.temperature,
    topP: request.top_p,
    topK: request.top_k,
    minP: request.min_p,
    frequencyPenalty: request.frequency_penalty,
    presencePenalty: request.presence_penalty,
    maxTokens: request.max_tokens,
    seed: request.seed,
    stop: typeof stop === 'string' ? [stop] : stop,
    json,
    // A frame of an earlier version refuses it, and does not answer without it.
    schema: !json && type !== 'text',
    jsonSchema: schema && JSON.stringify(schema),
  };
  return given(params) as unknown as CompletionParams;
}

function usageOf({ promptTokens, cachedTokens, completionTokens }: WidgetUsage): CompletionUsage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

/** Rejects with the signal's reason once it is aborted. */
function abortOf(signal: AbortSignal | undefined) {
  let forget = () => {};
  const promise = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort);
    forget = () => signal?.removeEventListener('abort', onAbort);
  });
  promise.catch(() => {}); // the callers get the error
  return { promise, forget: () => forget() };
}
