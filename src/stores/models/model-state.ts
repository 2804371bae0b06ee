/** The state of the chosen model. */
import type { Loaded } from '../../protocol/engine';
import type { AppError } from '../../protocol/errors';

export type ModelState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'downloading';
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly bytesPerSecond: number;
      /** Absent until the speed is known. */
      readonly secondsLeft?: number;
    }
  | { readonly phase: 'paused'; readonly receivedBytes: number; readonly totalBytes: number }
  /** Stored files are being compared with their hashes. */
  | { readonly phase: 'checking'; readonly progress01: number }
  /** `progress01` is absent if the engine does not measure it. */
  | { readonly phase: 'loading'; readonly progress01?: number }
  | { readonly phase: 'stored' }
  | ({ readonly phase: 'ready' } & Pick<Loaded, 'threads' | 'contextTokens' | 'json'>)
  | { readonly phase: 'failed'; readonly error: AppError };
