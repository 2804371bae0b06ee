/** Lets one tab at a time download a model; the others wait and show its progress. */

interface TabOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
}

type Progress = readonly [receivedBytes: number, totalBytes: number];
type Message = 'how far?' | Progress;

/**
 * Runs `download` once no other tab downloads the same model; until then that tab's progress is reported. If
 * the other tab ends early, this one continues from what has arrived.
 */
export async function oneTabAtATime<T extends TabOptions>(
  modelId: string,
  options: T,
  download: (options: T) => Promise<void>,
): Promise<void> {
  // Without a secure context there are no locks, and no other way to coordinate tabs.
  if (!navigator.locks) return download(options);
  const { signal, onProgress } = options;
  const name = `corral-download:${modelId}`;
  const channel = new BroadcastChannel(name);
  const post = (message: Message) => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data !== 'how far?') onProgress(...data);
  };
  post('how far?');
  try {
    await navigator.locks.request(name, { signal }, async () => {
      let last: Progress = [0, 0];
      channel.onmessage = ({ data }: MessageEvent<Message>) => {
        if (data === 'how far?' && last[1] > 0) post(last);
      };
      await download({
        ...options,
        onProgress: (receivedBytes: number, totalBytes: number) => {
          last = [receivedBytes, totalBytes];
          onProgress(receivedBytes, totalBytes);
          post(last);
        },
      });
    });
  } finally {
    channel.close();
  }
}
