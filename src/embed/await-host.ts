/** Waits for the page around this frame, and checks its origin before reading its options. */
import { mayAllEmbed } from '../core/embed/embedders';
import { widgetVersion, type WidgetOptions } from '../protocol/widget';
import { parseConnect } from '../protocol/widget-host-messages';
import { HostPort, type Refusal, visibleOptions } from './host-port';

export interface Host {
  /** As reported by the browser. */
  readonly origin: string;
  readonly options: WidgetOptions;
  readonly port: HostPort;
}

/** A refused origin or version gets no second attempt. */
export function awaitHost(
  embedders: readonly string[],
  onRefuse: (refusal: Refusal) => void,
): Promise<Host> {
  const listening = new AbortController();
  return new Promise((resolve) => {
    const onMessage = ({ source, origin, data, ports }: MessageEvent<unknown>) => {
      // Only the parent page counts, not a frame beside this one or a page that this one opened.
      if (source !== parent) return;
      const connect = parseConnect(data);
      const [port] = ports;
      if (!connect || !port || ports.length > 1) return;
      listening.abort();
      const hostPort = new HostPort(port);
      const refuse = (refusal: Refusal) => {
        hostPort.refuse(refusal);
        onRefuse(refusal);
      };
      // Not every browser reports the parent's own ancestors.
      if (!mayAllEmbed(origin, [...(location.ancestorOrigins ?? [])], embedders)) {
        return refuse({ code: 'widget-origin', message: `${origin} may not embed this Corral.` });
      }
      if (connect.version !== widgetVersion) {
        const message = `This Corral speaks version ${widgetVersion} of the widget's protocol, and the page's script version ${connect.version}.`;
        return refuse({ code: 'widget-version', message });
      }
      if (!('options' in connect)) {
        return refuse({
          code: 'widget-options',
          message: 'The options have the wrong shape or length.',
        });
      }
      if (!isSecureContext) {
        const message =
          'The page has to be served over https: without that no browser offers what a model needs.';
        return refuse({ code: 'widget-insecure', message });
      }
      resolve({ origin, options: visibleOptions(connect.options), port: hostPort });
    };
    addEventListener('message', onMessage, { signal: listening.signal });
  });
}
