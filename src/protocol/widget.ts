/**
 * The wire format between a host page's loader (`src/widget`) and the frame that it embeds (`src/embed`).
 *
 * One message goes to the frame's window: `connect`, with a port. From then on both sides speak over that
 * port, which nobody else holds. Each side reads what comes as `unknown`: see `widget-reading.ts`.
 */

/** Goes up when an older side could misunderstand a newer one; fields that may be ignored need no new one. */
export const widgetVersion = 1;

export const widgetLimits = {
  /** Of each text among the options, and of a text for the message field. */
  optionCharacters: 8_000,
  /** Of all messages of a request together, and of its JSON schema. */
  requestCharacters: 200_000,
  requestMessages: 256,
  /** Requests that wait for each other; one more is refused. */
  waitingRequests: 8,
  /** A page that goes on sending more than this is cut off. */
  messagesPerSecond: 50,
  /** As many may come at once. */
  messagesAtOnce: 200,
} as const;

export const widgetThemes = ['system', 'light', 'dark'] as const;
export const widgetModes = ['inline', 'floating', 'api'] as const;
export type WidgetTheme = (typeof widgetThemes)[number];
/** `api`: no chat is shown, only what has to be asked or told. */
export type WidgetMode = (typeof widgetModes)[number];

/** What is absent is the frame's own choice. */
export interface WidgetOptions {
  readonly mode: WidgetMode;
  /** Tells the widgets of one page apart, so that each finds its own chat after a reload. */
  readonly name: string;
  /** A model's id, or `auto` for what suits the device. */
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
  /** The answer is to be a JSON object. */
  readonly json?: boolean;
  /** The answer is to follow `jsonSchema`, or without that some other format that there is not. */
  readonly schema?: boolean;
  /** A JSON schema's text, which the answer is to satisfy. */
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
  /** Text for the message field, where that is empty; the visitor sends it, or not. */
  | { readonly type: 'prefill'; readonly text: string }
  /** `order` is null where it has the wrong shape. */
  | { readonly type: 'complete'; readonly id: number; readonly order: CompletionParams | null }
  | { readonly type: 'models'; readonly id: number }
  /** Ends the request of that id. */
  | { readonly type: 'abort'; readonly id: number };

/** `code` is one of `protocol/errors`, `message` says it in words. */
export interface WidgetError {
  readonly code: string;
  readonly message: string;
}

export interface WidgetUsage {
  readonly promptTokens: number;
  /** Those of them that were still known from the request before. */
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
  /** Nothing more comes. */
  | { readonly type: 'refused'; readonly error: WidgetError }
  | { readonly type: 'progress'; readonly phase: WidgetPhase; readonly progress01: number | null }
  /** That there is one, and not what it says: a chat is the visitor's own. */
  | { readonly type: 'message'; readonly role: 'user' | 'assistant'; readonly failed: boolean }
  | { readonly type: 'error'; readonly error: WidgetError }
  /** The visitor wants the frame out of the way. */
  | { readonly type: 'close' }
  /**
   * Something has to be asked or told: the frame must be seen, or no longer. For a `mark` a strip of it is
   * enough, which says that the site uses the model; nothing is computed while nobody could see it.
   */
  | { readonly type: 'attention'; readonly wanted: boolean; readonly mark: boolean }
  /** The site may use the model, and the model is loaded. */
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
