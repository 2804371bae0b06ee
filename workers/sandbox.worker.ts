/**
 * The JavaScript sandbox's worker: runs one program in a new interpreter and returns its calls' results,
 * or what it prints.
 */
import {
  type CodeInput,
  sandboxStarted,
  type SandboxStart,
  type ScriptInput,
} from '../src/protocol/sandbox';
import { loadQuickJs, runInQuickJs } from './sandbox/quickjs';
import { runScript } from './sandbox/run-script';
import { printTo } from './sandbox/print-to';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({
  data: { module, input },
}: MessageEvent<SandboxStart<CodeInput | ScriptInput>>) => {
  const quickJs = await loadQuickJs(module);
  self.postMessage(sandboxStarted);
  self.postMessage(
    'script' in input ? runScript(quickJs, input, printTo(self)) : runInQuickJs(quickJs, input),
  );
};
