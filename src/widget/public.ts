/** The public types of `widget.js`. The build ships this file as `widget.d.ts`, so it holds types only. */

export interface ChatOptions {
  /** A model's id from `models.list()`, or `auto`; without it, the visitor's choice. */
  model?: string;
  /** Follows the model's own system prompt; at most 8,000 characters, as `pinned`. */
  systemPrompt?: string;
  /** An instruction that goes into every prompt. */
  pinned?: string;
  theme?: 'system' | 'light' | 'dark';
  /** A language tag, such as `it`; without it, the visitor's language. */
  lang?: string;
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface CompletionRequest {
  messages: readonly ChatMessage[];
  /** Without it, the currently chosen model. */
  model?: string;
  stream?: boolean;
  temperature?: number;
  top_p?: number;
  /** Samples only from this many of the most likely tokens: 0 to 1000; 0 is off. Not in OpenAI's API, like `min_p`. */
  top_k?: number;
  /** Samples only from tokens whose probability is at least this share of the highest one: 0 to 1; 0 is off. */
  min_p?: number;
  /** -2 to 2, as `presence_penalty`; 0 is off. */
  frequency_penalty?: number;
  presence_penalty?: number;
  max_tokens?: number;
  seed?: number;
  stop?: string | readonly string[];
  /**
   * `json_object`: the answer is one JSON object. Describe the object in a message. The object is incomplete if
   * `finish_reason` is `length`, or if it ends at a `stop`. A model that cannot fails with `json-unsupported`.
   * `json_schema`: the object satisfies the schema. `docs/widget.md` lists the supported keywords; any other fails with
   * `schema-unsupported`.
   */
  response_format?: { type: 'text' | 'json_object' } | JsonSchemaFormat;
}

export interface JsonSchemaFormat {
  type: 'json_schema';
  json_schema: { name?: string; description?: string; strict?: boolean; schema: object };
}

export interface CompletionUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  /** Tokens of the site's own earlier requests; the visitor's chat is never shared. */
  prompt_tokens_details: { cached_tokens: number };
}

export type FinishReason = 'stop' | 'length';

export interface Completion {
  id: string;
  object: 'chat.completion';
  /** Seconds since 1970. */
  created: number;
  /** `own` for a model that the visitor added. */
  model: string;
  choices: {
    index: 0;
    message: { role: 'assistant'; content: string };
    finish_reason: FinishReason;
  }[];
  usage: CompletionUsage;
}

export interface CompletionChunk {
  id: string;
  object: 'chat.completion.chunk';
  created: number;
  model: string;
  choices: {
    index: 0;
    delta: { role?: 'assistant'; content?: string };
    finish_reason: FinishReason | null;
  }[];
  /** In the last chunk. */
  usage: CompletionUsage | null;
}

export interface RequestOptions {
  /** Aborts the request, which then throws the signal's reason. */
  signal?: AbortSignal;
}

export interface Completions {
  /**
   * The first call on a site asks the visitor. Rejects with a `CorralError`, such as `permission-denied`.
   * Leaving the loop over a stream stops the answer.
   */
  create(
    request: CompletionRequest & { stream: true },
    options?: RequestOptions,
  ): Promise<AsyncIterable<CompletionChunk>>;
  create(
    request: CompletionRequest & { stream?: false },
    options?: RequestOptions,
  ): Promise<Completion>;
}

export interface ModelInfo {
  id: string;
  object: 'model';
  name: string;
  context_tokens: number;
  download_bytes: number;
}

export interface Models {
  /** Lists all offered models, not which of them this visitor has. */
  list(): Promise<{ object: 'list'; data: ModelInfo[] }>;
}

export interface CorralError extends Error {
  name: 'CorralError';
  /** For programs; `message` is a text in the visitor's language. */
  code: string;
}

export interface Chat {
  readonly completions: Completions;
  readonly models: Models;
  /** Removes the frame; running requests fail with `widget-gone`. */
  close(): void;
}

export interface ProgressDetail {
  phase: 'downloading' | 'loading' | 'ready' | 'failed';
  /** 0 to 1; null if it is not measured. */
  progress01: number | null;
}

/** The element `<corral-chat>`. Its attributes are the properties' names with hyphens: `system-prompt`. */
export interface CorralChatElement extends HTMLElement {
  model: string;
  systemPrompt: string;
  pinned: string;
  theme: 'system' | 'light' | 'dark';
  placeholder: string;
  mode: 'inline' | 'floating';
  /** Whether the floating chat is shown. */
  open: boolean;
  readonly completions: Completions;
  readonly models: Models;
  show(): void;
  hide(): void;
  toggle(): void;
  /** Stops the answer that is being written. */
  stop(): void;
  newChat(): void;
  /** Puts text into an empty message field; the visitor decides whether to send it. */
  prefill(text: string): void;
  addEventListener<E extends keyof CorralChatEvents>(
    type: E,
    listener: (event: CorralChatEvents[E]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

export interface CorralChatEvents {
  /** The frame is ready; `model` is the site's choice or the built-in model. */
  ready: CustomEvent<{ model: string }>;
  /** Sent only after the visitor has given permission; the same holds for errors of models. */
  progress: CustomEvent<ProgressDetail>;
  /**
   * A message was written. Its text belongs to the visitor; before permission, `failed` is not revealed either.
   */
  message: CustomEvent<{ role: 'user' | 'assistant'; failed: boolean }>;
  error: CustomEvent<{ code: string; message: string }>;
  'open-change': CustomEvent<{ open: boolean }>;
}

/** For JSX, which knows only HTML's own elements: `docs/widget.md` has the lines for React. */
export type CorralChatProps = Partial<
  Pick<
    CorralChatElement,
    'model' | 'systemPrompt' | 'pinned' | 'theme' | 'placeholder' | 'mode' | 'open'
  >
> & { [E in keyof CorralChatEvents as `on${E}`]?: (event: CorralChatEvents[E]) => void };

/** A chat without its own interface: the frame shows only questions to the visitor. */
export declare function createChat(options?: ChatOptions): Promise<Chat>;

declare global {
  interface HTMLElementTagNameMap {
    'corral-chat': CorralChatElement;
  }
}
