// What the build changes in WebLLM's bundle, on the bundle that is installed.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withFewerCommands } from '../../vite/web-llm-commands';

const bundle = readFileSync(
  new URL('../../node_modules/@mlc-ai/web-llm/lib/index.js', import.meta.url),
  'utf8',
);

describe('WebLLM’s bundle', () => {
  it('has its dispatches, encoders and freed buffers replaced', () => {
    const changed = withFewerCommands(bundle);
    expect(changed).not.toContain('createCommandEncoder();\n\t\t                    }');
    expect(changed).toContain('shader.call(this.pendingEncoder, args);');
    expect(changed).not.toContain('beginComputePass');
    expect(changed).toContain('corralReleaseBuffer(buffer);\nbuffer.destroy();');
  });

  it.each([
    ['dispatches in another way', 'podArgBuffer, 0, i32View', 'podArgBuffer, 4, i32View'],
    ['has another encoder', 'this.pendingEncoder = this.device.create', 'this.encoder = create'],
    ['frees a buffer in another way', 'buffer.destroy();', 'buffer.destroyLater();'],
  ])('is refused where it %s', (_, from, to) => {
    expect(() => withFewerCommands(bundle.replaceAll(from, to))).toThrow('WebLLM has changed');
  });
});
