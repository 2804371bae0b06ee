/** Requests over a MessagePort to an engine's worker. */
import type { EngineEvent, EngineRequest, RequestId } from '../protocol/engine';
import type { AppError } from '../protocol/errors';
import { Requests } from './requests';

type RequestEvent = Extract<EngineEvent, { requestId: RequestId }>;

export class PortRequests extends Requests<EngineRequest, RequestEvent> {
  readonly #port: MessagePort;

  constructor(port: MessagePort, onLost: (event: Extract<EngineEvent, { type: 'lost' }>) => void) {
    super((request) => port.postMessage(request));
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<EngineEvent | null | undefined>) => {
      if (!data) return; // no event of this protocol
      if (data.type === 'lost') onLost(data);
      else this.receive(data);
    };
  }

  override end(error: AppError): void {
    this.#port.close();
    super.end(error);
  }
}
