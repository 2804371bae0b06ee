/** The frame's end of the port to the page around it: limits, checks and passes on messages. */
import {
  type FrameMessage,
  type HostMessage,
  type WidgetError,
  widgetLimits,
  type WidgetOptions,
} from '../protocol/widget';
import { parseHostMessage } from '../protocol/widget-host-messages';
import { visibleText } from '../core/visible-text';

/** In English, for the site's developers; the visitor only sees that the chat cannot be shown. */
export type Refusal = WidgetError;

export class HostPort {
  readonly #port: MessagePort;
  readonly #limit = new RateLimit({
    burst: widgetLimits.messageBurst,
    perSecond: widgetLimits.messagesPerSecond,
  });
  #hasComplained = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Starts to receive messages; malformed ones are dropped. */
  start(onMessage: (message: HostMessage) => void, onCutOff: () => void): void {
    this.#port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!this.#limit.take(performance.now())) {
        onCutOff();
        const { messagesPerSecond: limit } = widgetLimits;
        const message = `The page sent more than ${limit} messages a second, and is cut off.`;
        return this.refuse({ code: 'widget-too-fast', message });
      }
      const parsed = parseHostMessage(data);
      if (parsed) return onMessage(visibleMessage(parsed));
      if (this.#hasComplained) return;
      this.#hasComplained = true;
      console.error('Corral: the page sent a message of the wrong shape (widget-message)');
    };
  }

  post(message: FrameMessage): void {
    this.#port.postMessage(message);
  }

  /** Sends the reason and closes the port. */
  refuse(error: Refusal): void {
    this.post({ type: 'refused', error });
    this.#port.onmessage = null;
    this.#port.close();
  }
}

/** A token bucket: at most `burst` messages at once, then `perSecond` messages a second. */
export class RateLimit {
  readonly #burst: number;
  readonly #perSecond: number;
  #left: number;
  #atMs = 0;

  constructor({ burst, perSecond }: { burst: number; perSecond: number }) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#left = burst;
  }

  /** False if the message exceeds the limit. `nowMs` never goes back. */
  take(nowMs: number): boolean {
    const gained = ((nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + gained);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** Without invisible characters in the texts that go to the model and that the visitor can read. */
export function visibleOptions(options: WidgetOptions): WidgetOptions {
  const shown = ['systemPrompt', 'pinned', 'placeholder'] as const;
  const texts = shown.flatMap((name) => {
    const text = options[name];
    return text === undefined ? [] : [[name, visibleText(text)] as const];
  });
  return { ...options, ...Object.fromEntries(texts) };
}

export function visibleMessage(message: HostMessage): HostMessage {
  switch (message.type) {
    case 'configure':
      return { ...message, options: visibleOptions(message.options) };
    case 'prefill':
      return { ...message, text: visibleText(message.text) };
    default:
      return message;
  }
}
