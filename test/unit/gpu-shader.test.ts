// The calls that WebLLM's shaders take of the browser, on a device that keeps a record of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseBuffer } from '../../workers/engines/gpu-bindings';
import { CommandRecorder } from '../../workers/engines/gpu-recorder';
import { Shader } from '../../workers/engines/gpu-shader';

interface FakeBuffer {
  readonly name: string;
  content: number[];
}

/** Runs dispatches as a GPU does: at the submit, with what the buffers hold by then. */
class FakeDevice {
  readonly calls: string[] = [];
  /** What each dispatch of the GPU saw: its buffers' names, its scalars, its workgroups. */
  readonly seen: string[] = [];
  #made = 0;

  readonly queue = {
    writeBuffer: (buffer: FakeBuffer, _offset: number, words: Int32Array) => {
      this.calls.push('write');
      buffer.content = [...words];
    },
  };

  createBuffer() {
    this.#made += 1;
    return this.#buffer(`uniform ${this.#made}`);
  }

  createBindGroup({ entries }: { entries: { resource: { buffer: FakeBuffer } }[] }) {
    this.calls.push('group');
    return entries.map(({ resource }) => resource.buffer);
  }

  createCommandEncoder() {
    const work: (() => void)[] = [];
    let group: FakeBuffer[] = [];
    return {
      beginComputePass: () => {
        this.calls.push('pass');
        return {
          setPipeline: () => this.calls.push('pipeline'),
          setBindGroup: (_: number, given: FakeBuffer[]) => (group = given),
          dispatchWorkgroups: (...size: number[]) => {
            const buffers = group;
            work.push(() => {
              const names = buffers.slice(0, -1).map(({ name }) => name);
              this.seen.push(`${names.join()} ${buffers.at(-1)!.content.join()} ${size.join('x')}`);
            });
          },
          end: () => this.calls.push('end'),
        };
      },
      copyBufferToBuffer: () => this.calls.push('copy'),
      finish: () => work,
    };
  }

  #buffer(name: string): FakeBuffer & { destroy(): void } {
    return { name, content: [], destroy: () => this.calls.push(`destroy ${name}`) };
  }
}

function open() {
  const device = new FakeDevice();
  const buffers = ['weights', 'input', 'output', 'other'].map((name) => ({ name, content: [] }));
  const context = {
    device: device as unknown as GPUDevice,
    gpuBufferFromPtr: (pointer: number) => buffers[pointer] as unknown as GPUBuffer,
  };
  const shader = new Shader(context, {
    pipeline: {} as GPUComputePipeline,
    layout: {} as GPUBindGroupLayout,
    argTypes: ['handle', 'int32', 'handle'],
    bufferArgs: [0, 2],
    scalarArgs: [1],
    dimensions: [0, 3],
  });
  const record = () => new CommandRecorder(context.device);
  const submit = (recorder: CommandRecorder) => {
    for (const run of recorder.finish() as unknown as (() => void)[]) run();
  };
  /** Its calls by two buffers, a scalar and a width, all submitted together. */
  const run = (...calls: (readonly [number, number, number, number?])[]) => {
    const recorder = record();
    for (const [first, scalar, second, width = 5] of calls) {
      shader.call(recorder, [first, scalar, second, width, 64]);
    }
    submit(recorder);
  };
  return { device, buffers, run, record, submit, shader };
}

describe('a shader’s calls', () => {
  it('make a pass for all, and bind groups and uniform buffers once', () => {
    const { device, run } = open();
    const token = [
      [0, 7, 1],
      [0, 8, 2],
    ] as const;
    run(...token);
    expect(device.calls).toEqual(['write', 'group', 'pass', 'pipeline', 'write', 'group', 'end']);
    device.calls.length = 0;
    run(...token);
    expect(device.calls).toEqual(['pass', 'pipeline', 'end']);
    expect(device.seen.slice(2)).toEqual(['weights,input 7,5 5x1x1', 'weights,output 8,5 5x1x1']);
  });

  it('write scalars that have changed since the last submit into the same buffer', () => {
    const { device, run } = open();
    run([0, 7, 1]);
    device.calls.length = 0;
    run([0, 9, 1]);
    expect(device.calls).toEqual(['write', 'pass', 'pipeline', 'end']);
    expect(device.seen).toEqual(['weights,input 7,5 5x1x1', 'weights,input 9,5 5x1x1']);
  });

  it('see their own scalars, also when several are submitted together', () => {
    const call = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom(1, 5, 70_000));
    fc.assert(
      fc.property(fc.array(fc.array(call, { maxLength: 6 }), { maxLength: 6 }), (submits) => {
        const { device, run, buffers } = open();
        for (const calls of submits) run(...calls);
        const expected = submits.flat().map(([first, scalar, second, width]) => {
          const size = width > 65_535 ? `${width / 2}x1x2` : `${width}x1x1`;
          return `${buffers[first]!.name},${buffers[second]!.name} ${scalar},${width} ${size}`;
        });
        expect(device.seen).toEqual(expected);
      }),
    );
  });

  it('keep nothing of a buffer that is destroyed', () => {
    const { device, buffers, run } = open();
    run([0, 7, 1], [0, 7, 2]);
    device.calls.length = 0;
    releaseBuffer(buffers[1] as unknown as GPUBuffer);
    expect(device.calls).toEqual(['destroy uniform 1']);
    run([0, 7, 2]);
    expect(device.calls).not.toContain('group');
    releaseBuffer(buffers[0] as unknown as GPUBuffer);
    buffers[0] = { name: 'new weights', content: [] };
    expect(device.calls.filter((name) => name.startsWith('destroy'))).toEqual([
      'destroy uniform 1',
      'destroy uniform 2',
    ]);
    run([0, 7, 2]);
    expect(device.seen.at(-1)).toBe('new weights,output 7,5 5x1x1');
  });

  it('end their pass before a copy', () => {
    const { device, shader, record, submit } = open();
    const recorder = record();
    shader.call(recorder, [0, 7, 1, 5, 64]);
    recorder.copyBufferToBuffer({} as GPUBuffer, 0, {} as GPUBuffer, 0, 4);
    shader.call(recorder, [0, 7, 1, 5, 64]);
    submit(recorder);
    expect(device.calls.filter((name) => !['write', 'group'].includes(name))).toEqual([
      'pass',
      'pipeline',
      'end',
      'copy',
      'pass',
      'pipeline',
      'end',
    ]);
  });
});
