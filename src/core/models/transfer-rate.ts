/** A download's speed and remaining time, averaged over the last few seconds. */

const windowMs = 4000;

export interface Rate {
  readonly bytesPerSecond: number;
  /** Absent until the speed is known. */
  readonly secondsLeft?: number;
}

/** Bytes from an earlier, interrupted download count for the total but not for the speed. */
export function transferRate() {
  const samples: { atMs: number; bytes: number }[] = [];
  return {
    add(receivedBytes: number, totalBytes: number, nowMs: number): Rate {
      samples.push({ atMs: nowMs, bytes: receivedBytes });
      while (samples.length > 2 && nowMs - samples[0]!.atMs > windowMs) samples.shift();
      const first = samples[0]!;
      const elapsedMs = nowMs - first.atMs;
      if (elapsedMs <= 0) return { bytesPerSecond: 0 };
      const bytesPerSecond = ((receivedBytes - first.bytes) / elapsedMs) * 1000;
      if (bytesPerSecond <= 0) return { bytesPerSecond: 0 };
      return { bytesPerSecond, secondsLeft: (totalBytes - receivedBytes) / bytesPerSecond };
    },
  };
}
