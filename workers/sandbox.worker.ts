/** The JavaScript sandbox's worker: runs one program in a new interpreter and returns its calls' results. */
import { type CodeInput, sandboxStarted, type SandboxStart } from '../src/protocol/sandbox';
import { loadQuickJs, runInQuickJs } from './sandbox/quickjs';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data: { module, input } }: MessageEvent<SandboxStart<CodeInput>>) => {
  const quickJs = await loadQuickJs(module);
  self.postMessage(sandboxStarted);
  self.postMessage(runInQuickJs(quickJs, input));
};
