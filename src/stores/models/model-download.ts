/** A pausable download of one model that reports its state. */
import { transferRate } from '../../core/models/transfer-rate';
import type { Downloads } from '../../bridge/download-client';
import type { ModelSource } from '../../protocol/download';
import type { ModelState } from './models-options';
import { Pausable } from '../pausable';

/** `run` resolves when the model is stored, and rejects with an AppError. */
export function modelDownload(
  downloads: Downloads,
  source: ModelSource,
  onState: (state: ModelState) => void,
): Pausable {
  let received = { receivedBytes: 0, totalBytes: source.sizeBytes };
  const attempt = (signal: AbortSignal) => {
    const rate = transferRate();
    onState({ phase: 'downloading', ...received, bytesPerSecond: 0 });
    return downloads.download(source, {
      signal,
      onProgress: (receivedBytes, totalBytes) => {
        if (signal.aborted) return;
        received = { receivedBytes, totalBytes };
        const speed = rate.add(receivedBytes, totalBytes, performance.now());
        onState({ phase: 'downloading', ...received, ...speed });
      },
    });
  };
  return new Pausable(attempt, () => onState({ phase: 'paused', ...received }));
}
