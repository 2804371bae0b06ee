/**
 * What the app knows of each engine. Another one is an entry here and what the compiler then names: a worker in
 * `bridge/spawn.ts`, an adapter in `workers/engines`, a kind of model in `model.ts`.
 */
import type { EngineId } from '../../protocol/engine';
import type { EnginePart } from '../../protocol/offline';
import { type Capabilities, cpuThreads } from './choose-engine';

interface Engine {
  readonly processor: 'cpu' | 'gpu';
  /** How many seeds it tells apart; null for all. */
  readonly seedStreams: number | null;
  /** The parts of it that this device needs in order to run it without a network; none where it cannot run. */
  readonly offlineParts: (capabilities: Capabilities) => readonly EnginePart[];
}

/** wllama takes a seed only when it loads: its adapter makes so many of that one. */
export const cpuSeedStreams = 256;

export const engines: Readonly<Record<EngineId, Engine>> = {
  wllama: {
    processor: 'cpu',
    seedStreams: cpuSeedStreams,
    /**
     * A page that is not isolated yet will be at its next load, when the service worker answers, so it needs the
     * engine in both forms.
     */
    offlineParts(capabilities) {
      const { crossOriginIsolated, sharedMemory } = capabilities;
      const isolated = { ...capabilities, sharedMemory: sharedMemory || !crossOriginIsolated };
      return [...new Set([capabilities, isolated].map(cpuPart))];
    },
  },
  webllm: {
    processor: 'gpu',
    seedStreams: null,
    offlineParts: ({ gpu }) => (gpu.state === 'ready' ? ['webllm'] : []),
  },
};

function cpuPart(capabilities: Capabilities): EnginePart {
  return cpuThreads(capabilities) > 1 ? 'wllama-threads' : 'wllama-one-thread';
}
