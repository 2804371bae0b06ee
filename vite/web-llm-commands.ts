/**
 * Lets WebLLM's runtime give the GPU its work by `workers/engines/gpu-shader.ts`. WebLLM 0.2.86 begins a compute pass,
 * makes a bind group and writes a uniform buffer for each of the hundreds of dispatches that a token takes. A WebLLM
 * that does this in another way fails the build. See docs/decisions/0030-decode-ahead.md.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const source = (name: string) =>
  JSON.stringify(fileURLToPath(new URL(`../workers/engines/${name}`, import.meta.url)));

const imports = `import { CommandRecorder as CorralRecorder } from ${source('gpu-recorder.ts')};
import { Shader as CorralShader } from ${source('gpu-shader.ts')};
import { releaseBuffer as corralReleaseBuffer } from ${source('gpu-bindings.ts')};
`;

const encoder = 'this.pendingEncoder = this.device.createCommandEncoder();';
const shaderStart = 'const createShaderFunc = (pipeline) => {\n';
const free = 'this.flushCommands();\n\t\t            buffer.destroy();';

/** What a dispatch does now, from its pass to the pass's end; whatever it does, ours has to do as well. */
const dispatchStart = 'const compute = this.pendingEncoder.beginComputePass();';
const dispatchEnd = 'compute.end();\n';
const dispatchDigest = '2a36ec9d7c3eba8bf0ee0fe081a308549428f4648907de83a74bbe68ad0e11a4';

/** @throws Error where the bundle is not as it was. */
export function withFewerCommands(code: string): string {
  expectTimes(code, encoder, 2);
  expectTimes(code, shaderStart, 1);
  expectTimes(code, dispatchStart, 1);
  expectTimes(code, free, 1);
  const from = code.indexOf(dispatchStart);
  const to = code.indexOf(dispatchEnd, from) + dispatchEnd.length;
  const digest = createHash('sha256')
    .update(code.slice(from, to).replace(/\s+/g, ' '))
    .digest('hex');
  if (digest !== dispatchDigest) throw changed(`a dispatch is now ${digest}`);
  const patched = `${code.slice(0, from)}shader.call(this.pendingEncoder, args);\n${code.slice(to)}`;
  return (
    imports +
    patched
      .replaceAll(encoder, 'this.pendingEncoder = new CorralRecorder(this.device);')
      .replace(free, `this.flushCommands();\ncorralReleaseBuffer(buffer);\nbuffer.destroy();`)
      .replace(
        shaderStart,
        `${shaderStart}const shader = new CorralShader(this, { pipeline, layout: bindGroupLayout, argTypes: finfo.arg_types, bufferArgs: bufferArgIndices, scalarArgs: podArgIndices, dimensions: dispatchToDim });\n`,
      )
  );
}

export function webLlmCommands(): Plugin {
  return {
    name: 'corral-web-llm-commands',
    transform(code, id) {
      if (!id.includes('@mlc-ai/web-llm/lib/index.js')) return null;
      return { code: withFewerCommands(code), map: null };
    },
  };
}

function expectTimes(code: string, part: string, times: number): void {
  const found = code.split(part).length - 1;
  if (found !== times) throw changed(`"${part}" is there ${found} times`);
}

const changed = (what: string) =>
  new Error(`WebLLM has changed, see vite/web-llm-commands.ts: ${what}.`);
