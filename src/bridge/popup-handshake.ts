/** The handshake of a frame with a window that it has opened: a page of Corral's own, which hands it a port. */
import { AppError } from '../protocol/errors';

/** A site that forbids openers cuts the window off from the frame: nothing ever comes. */
const handshakeTimeoutMs = 30_000;

/** Within a click. Rejects where no window opens, or where it cannot be reached. */
export async function openOwnWindow(
  url: string,
  handshake: string,
): Promise<{ readonly opened: Window; readonly port: MessagePort }> {
  const opened = globalThis.open(url, '', 'popup,width=460,height=640');
  if (!opened) throw new AppError('unknown', {}, { cause: 'no window was opened' });
  return { opened, port: await handshakeFrom(opened, handshake) };
}

/** Only the window that was opened, showing a page of Corral's own origin, can say it. */
function handshakeFrom(opened: Window, handshake: string): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const heard = new AbortController();
    const timer = setTimeout(() => {
      heard.abort();
      reject(new AppError('unknown', {}, { cause: 'the window did not answer' }));
    }, handshakeTimeoutMs);
    const onMessage = ({
      source,
      origin,
      data,
      ports,
    }: MessageEvent<{ readonly type?: string } | null>) => {
      const [port] = ports;
      if (source !== opened || origin !== location.origin || data?.type !== handshake || !port)
        return;
      clearTimeout(timer);
      heard.abort();
      resolve(port);
    };
    addEventListener('message', onMessage, { signal: heard.signal });
  });
}
