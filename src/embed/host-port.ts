/** The frame's end of the port that the page around it gave: limits, checks, and passes on. */
import { RateLimit } from '../core/embed/rate-limit';
import {
  type FrameMessage,
  type HostMessage,
  type WidgetError,
  widgetLimits,
} from '../protocol/widget';
import { parseHostMessage } from '../protocol/widget-host-messages';
import { visibleMessage } from './visible-message';

/** For developers alone, in English; a visitor is only told that the chat cannot be shown. */
export type Refusal = WidgetError;

export class HostPort {
  readonly #port: MessagePort;
  readonly #limit = new RateLimit({
    atOnce: widgetLimits.messagesAtOnce,
    perSecond: widgetLimits.messagesPerSecond,
  });
  #hasComplained = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Nothing was taken before; from now on each message that makes sense is. */
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

  /** Says why, and hears nothing more. */
  refuse(error: Refusal): void {
    this.post({ type: 'refused', error });
    this.#port.onmessage = null;
    this.#port.close();
  }
}
