/** The JavaScript sandbox's worker: one program, in an interpreter of its own, and what its calls came to. */
import { type CodeInput, sandboxStarted, type SandboxStart } from '../src/protocol/sandbox';
import { loadQuickJs, runInQuickJs } from './sandbox/quickjs';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data: { module, input } }: MessageEvent<SandboxStart<CodeInput>>) => {
  const quickJs = await loadQuickJs(module);
  self.postMessage(sandboxStarted);
  self.postMessage(runInQuickJs(quickJs, input));
};
