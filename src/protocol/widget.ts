/**
 * The wire format between a host page's loader (`src/widget`) and the frame that it embeds (`src/embed`).
 *
 * One message goes to the frame's window: `connect`, with a port. After that, both sides use only that port. Each
 * side reads incoming data as `unknown`: see `widget-reading.ts`.
 */

/**
 * Increase it if an older side could misunderstand a newer one; fields that may be ignored need no increase.
 */
export const widgetVersion = 1;

export const widgetLimits = {
  /** The limit of each text option, and of a text for the message field. */
  optionCharacters: 8_000,
  /** The total length of the messages of a request, and the length of its JSON schema. */
  requestCharacters: 200_000,
  requestMessages: 256,
  /** Requests in the queue; the next one is refused. */
  waitingRequests: 8,
  /** A page that sends more than this is disconnected. */
  messagesPerSecond: 50,
  /** The size of a burst. */
  messageBurst: 200,
} as const;

export const widgetThemes = ['system', 'light', 'dark'] as const;
export const widgetModes = ['inline', 'floating', 'api'] as const;
export type WidgetTheme = (typeof widgetThemes)[number];
/** `api`: no chat is shown, only questions and notices. */
export type WidgetMode = (typeof widgetModes)[number];

/** For absent options the frame uses its defaults. */
export interface WidgetOptions {
  readonly mode: WidgetMode;
  /** Identifies a widget of the page, so that each finds its chat after a reload. */
  readonly name: string;
  /** A model's id, or `auto` for a model that suits the device. */
  readonly model?: string;
  readonly systemPrompt?: string;
  readonly pinned?: string;
  readonly theme?: WidgetTheme;
  /** A language tag. */
  readonly lang?: string;
  readonly placeholder?: string;
  /** A CSS colour. */
  readonly accent?: string;
}

export type MessageRole = 'system' | 'user' | 'assistant';

export interface CompletionParams {
  readonly messages: readonly { readonly role: MessageRole; readonly content: string }[];
  readonly model?: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  /** The answer must be a JSON object. */
  readonly json?: boolean;
  /** The answer must satisfy `jsonSchema`. Without that, the format is unsupported. */
  readonly schema?: boolean;
  /** The text of a JSON schema that the answer must satisfy. */
  readonly jsonSchema?: string;
}

/** The one message to the frame's window; a `MessagePort` comes with it. */
export interface Connect {
  readonly type: 'corral-connect';
  readonly version: number;
  readonly options: WidgetOptions;
}

export type HostMessage =
  | { readonly type: 'configure'; readonly options: WidgetOptions }
  | { readonly type: 'focus' }
  | { readonly type: 'stop' }
  | { readonly type: 'new-chat' }
  /** Text for the message field if that is empty; the visitor decides whether to send it. */
  | { readonly type: 'prefill'; readonly text: string }
  /** `order` has the request's parameters (its name in version 1); null if malformed. */
  | { readonly type: 'complete'; readonly id: number; readonly order: CompletionParams | null }
  | { readonly type: 'models'; readonly id: number }
  /** Ends the request of this id. */
  | { readonly type: 'abort'; readonly id: number };

/** `code` is one of `protocol/errors`; `message` is its text. */
export interface WidgetError {
  readonly code: string;
  readonly message: string;
}

export interface WidgetUsage {
  readonly promptTokens: number;
  /** Prompt tokens that were reused from the request before. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

export interface WidgetModel {
  readonly id: string;
  readonly name: string;
  readonly contextTokens: number;
  readonly downloadBytes: number;
}

export type WidgetPhase = 'downloading' | 'loading' | 'ready' | 'failed';

export type FrameMessage =
  | { readonly type: 'connected'; readonly version: number; readonly model: string }
  /** Nothing more follows. */
  | { readonly type: 'refused'; readonly error: WidgetError }
  | { readonly type: 'progress'; readonly phase: WidgetPhase; readonly progress01: number | null }
  /** Reports a message without its text: the chat is private. */
  | { readonly type: 'message'; readonly role: 'user' | 'assistant'; readonly failed: boolean }
  | { readonly type: 'error'; readonly error: WidgetError }
  /** The visitor closes the widget. */
  | { readonly type: 'close' }
  /**
   * Whether the frame must be visible, for a question or a notice. For `mark`, a strip is enough: it shows that the
   * site uses the model. The engine pauses while it is hidden.
   */
  | { readonly type: 'attention'; readonly wanted: boolean; readonly mark: boolean }
  /** The site has permission, and the model is loaded. */
  | { readonly type: 'started'; readonly id: number; readonly model: string }
  | { readonly type: 'delta'; readonly id: number; readonly text: string }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly finish: 'stop' | 'length' | 'aborted';
      readonly usage: WidgetUsage;
    }
  | { readonly type: 'model-list'; readonly id: number; readonly models: readonly WidgetModel[] }
  | { readonly type: 'failed'; readonly id: number; readonly error: WidgetError };
