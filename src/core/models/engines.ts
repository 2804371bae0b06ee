/**
 * The properties of each engine. To add an engine, add its id to `EngineId`; the compiler then reports what is missing:
 * an entry here, a worker in `bridge/spawn.ts`, texts. Its adapter goes to `workers/engines`, its kind of model to
 * `model.ts`.
 */
import type { EngineId } from '../../protocol/engine';
import type { EnginePart } from '../../protocol/offline';
import { type Capabilities, cpuThreads } from './choose-engine';

interface Engine {
  readonly processor: 'cpu' | 'gpu';
  /** The parts that this device needs to run the engine without a network; empty if it cannot run. */
  readonly offlineParts: (capabilities: Capabilities) => readonly EnginePart[];
}

export const engines: Readonly<Record<EngineId, Engine>> = {
  wllama: {
    processor: 'cpu',
    /**
     * A page that is not isolated yet will be isolated after its next load, when the service worker answers. So it
     * needs both forms of the engine.
     */
    offlineParts(capabilities) {
      const { crossOriginIsolated, sharedMemory } = capabilities;
      const isolated = { ...capabilities, sharedMemory: sharedMemory || !crossOriginIsolated };
      return [...new Set([capabilities, isolated].map(cpuPart))];
    },
  },
  webllm: {
    processor: 'gpu',
    offlineParts: ({ gpu }) => (gpu.state === 'ready' ? ['webllm'] : []),
  },
};

function cpuPart(capabilities: Capabilities): EnginePart {
  return cpuThreads(capabilities) > 1 ? 'wllama-threads' : 'wllama-one-thread';
}
