// The app's own kernels on a GPU, by themselves, beside what they should compute.
import { type Kernel, likeliestKernel, maskKernel } from '../../workers/engines/gpu-kernels.ts';
import { expect, testWith } from './test.ts';

const test = testWith('Cria');

interface Run {
  readonly kernel: Kernel;
  readonly logits: readonly number[];
  /** As they stand in the shader's uniform buffer. */
  readonly scalars: readonly ({ readonly uint32: number } | { readonly float32: number })[];
}

/** Runs in the page; what the logits are afterwards, and the token. */
async function runInPage({ kernel, logits, scalars }: Run) {
  const adapter = await navigator.gpu.requestAdapter();
  const device = (await adapter?.requestDevice())!;
  const module = device.createShaderModule({ code: kernel.code });
  const compute = { module, entryPoint: kernel.name };
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute });
  const bufferOf = (bytes: ArrayBuffer, usage: number) => {
    const buffer = device.createBuffer({ size: bytes.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, bytes);
    return buffer;
  };
  const [copyFrom, copyTo, uniform, storage, mapRead] = [0x4, 0x8, 0x40, 0x80, 0x1];
  const given = bufferOf(Float32Array.from(logits).buffer, storage | copyFrom | copyTo);
  const token = bufferOf(new Int32Array(1).buffer, storage | copyFrom | copyTo);
  const view = new DataView(new ArrayBuffer(scalars.length * 4 + 4));
  for (const [at, scalar] of scalars.entries()) {
    if ('float32' in scalar) view.setFloat32(at * 4, scalar.float32, true);
    else view.setUint32(at * 4, scalar.uint32, true);
  }
  const buffers = [given, token].slice(0, kernel.writesTo.length);
  const entries = [...buffers, bufferOf(view.buffer, uniform | copyTo)].map((buffer, binding) => {
    return { binding, resource: { buffer } };
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(1);
  pass.end();
  const read = device.createBuffer({ size: given.size + 4, usage: mapRead | copyTo });
  encoder.copyBufferToBuffer(given, 0, read, 0, given.size);
  encoder.copyBufferToBuffer(token, 0, read, given.size, 4);
  device.queue.submit([encoder.finish()]);
  await read.mapAsync(1);
  const bytes = read.getMappedRange().slice(0);
  device.destroy();
  return {
    logits: [...new Float32Array(bytes, 0, logits.length)],
    token: new Int32Array(bytes, given.size)[0],
  };
}

/** The same numbers each time, from -12 to 12, and some of them equal. */
function someLogits(count: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.round((state / 2_147_483_648) * 4000) / 167 - 12;
  });
}

const vocabularies = [1, 255, 1000, 32_000];
const skipped = 3;

test('finds the most likely token, and the first of equal ones', async ({ page }) => {
  for (const count of vocabularies) {
    const logits = someLogits(count + skipped);
    const own = logits.slice(skipped);
    const { token } = await page.evaluate(runInPage, {
      kernel: likeliestKernel,
      logits,
      scalars: [{ uint32: skipped }, { uint32: count }],
    });
    expect(token).toBe(own.indexOf(own.reduce((high, one) => Math.max(high, one))));
  }
});

test('top-k and min-p keep only the likely tokens', async ({ page }) => {
  for (const count of vocabularies) {
    for (const [topK, minP] of [
      [0, 0.1],
      [1, 0],
      [40, 0],
      [40, 0.5],
      [40, 1e-3],
      [50_000, 0],
    ] as const) {
      const logits = someLogits(count + skipped);
      const sorted = Float32Array.from(logits.slice(skipped)).sort().reverse();
      const range = minP > 0 ? -Math.log(minP) : 1e9;
      const byRank = topK > 0 && topK < count ? sorted[topK - 1]! : -Infinity;
      const lowest = Math.max(byRank, sorted[0]! - range);
      const masked = await page.evaluate(runInPage, {
        kernel: maskKernel,
        logits,
        scalars: [{ uint32: skipped }, { uint32: count }, { uint32: topK }, { float32: range }],
      });
      const expected = [...Float32Array.from(logits)].map((logit, at) => {
        return at < skipped || logit >= lowest ? logit : -1e9;
      });
      expect(masked.logits).toEqual(expected);
    }
  }
});
