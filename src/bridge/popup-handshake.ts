/** The handshake of a frame with the window that it opens: one of Corral's own pages, which sends a port. */
import { AppError } from '../protocol/errors';

/** If the site forbids openers, the window is cut off from the frame and never answers. */
const handshakeTimeoutMs = 30_000;

/** Must be called within a click. Rejects if no window opens or the window cannot be reached. */
export async function openAppWindow(
  url: string,
  handshake: string,
): Promise<{ readonly opened: Window; readonly port: MessagePort }> {
  const opened = globalThis.open(url, '', 'popup,width=460,height=640');
  if (!opened) throw new AppError('unknown', {}, { cause: 'no window was opened' });
  return { opened, port: await handshakeFrom(opened, handshake) };
}

/** Accepts the handshake only from the opened window and from Corral's own origin. */
function handshakeFrom(opened: Window, handshake: string): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const timer = setTimeout(() => {
      listening.abort();
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
      listening.abort();
      resolve(port);
    };
    addEventListener('message', onMessage, { signal: listening.signal });
  });
}
