/** The frame's end of the port to the page around it: limits, checks and passes on messages. */
import { RateLimit } from '../core/embed/rate-limit';
import {
  type FrameMessage,
  type HostMessage,
  type WidgetError,
  widgetLimits,
} from '../protocol/widget';
import { parseHostMessage } from '../protocol/widget-host-messages';
import { visibleMessage } from './visible-message';

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

  /** Takes messages from now on; malformed ones are dropped. */
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
