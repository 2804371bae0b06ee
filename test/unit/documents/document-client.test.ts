import { expect, it } from 'vitest';
import { DocumentClient } from '../../../src/bridge/document-client';
import type { DocumentEvent } from '../../../src/protocol/documents';
import type { EventMessage } from '../../../src/protocol/requests';

/** Workers that answer when they are told to. */
class Workers {
  readonly open = new Set<Pick<Worker, 'onmessage'>>();
  started = 0;

  readonly spawn = () => {
    const worker = {
      onmessage: null as ((event: MessageEvent<EventMessage<DocumentEvent>>) => void) | null,
      onerror: null,
      postMessage: () => {},
      terminate: () => void this.open.delete(worker as never),
    };
    this.open.add(worker as never);
    this.started += 1;
    return worker as unknown as Worker;
  };

  /** Ends the reading of one that is open. */
  answer(): void {
    const [worker] = this.open;
    const document = { kind: 'text', text: 'Words' } as const;
    const data = { id: 0, type: 'read', document } as const;
    worker?.onmessage?.call(worker as Worker, { data } as MessageEvent);
  }
}

it('reads two files at a time, and leaves out one that was cancelled while it waited', async () => {
  const workers = new Workers();
  const client = new DocumentClient(workers.spawn);
  const cancel = new AbortController();
  const never = new AbortController().signal;
  const read = (signal: AbortSignal) =>
    client.read(new File([], 'a.txt'), { signal, onProgress: () => {} });
  const readings = [never, never, cancel.signal, never, never].map(read);
  const ends = Promise.allSettled(readings);
  await expect.poll(() => workers.open.size).toBe(2);
  cancel.abort();
  for (let left = 4; left > 0; left -= 1) {
    await expect.poll(() => workers.open.size).toBe(Math.min(2, left));
    workers.answer();
  }
  expect((await ends).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  await expect(readings[2]).rejects.toMatchObject({ code: 'aborted' });
  expect(workers.started).toBe(4);
});
