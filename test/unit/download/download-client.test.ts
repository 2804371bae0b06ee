import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DownloadClient } from '../../../src/bridge/download-client';
import type { DownloadEvent } from '../../../src/protocol/download';
import type { EventMessage } from '../../../src/protocol/requests';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that sends one event and then nothing, as in an endless loop. */
function stuckAfter(event: EventMessage<DownloadEvent>) {
  const worker = {
    onmessage: (_: { data: EventMessage<DownloadEvent> }) => {},
    postMessage: () => queueMicrotask(() => worker.onmessage({ data: event })),
    terminate: vi.fn(),
  };
  return worker;
}

it('ends a worker whose template rendering never ends', async () => {
  const worker = stuckAfter({ type: 'rendering', id: 0 });
  const spawn = () => worker as unknown as Worker;
  const client = new DownloadClient(() => {}, spawn);
  const origin = { kind: 'gguf', name: 'm.gguf', file: new Blob([]) } as const;
  const inspecting = client.inspect(origin, new AbortController().signal);
  const failed = expect(inspecting).rejects.toMatchObject({ code: 'template-endless' });
  await vi.advanceTimersByTimeAsync(4999);
  expect(worker.terminate).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  expect(worker.terminate).toHaveBeenCalled();
});
