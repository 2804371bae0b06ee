// The real WebLLM gets damaged or mismatched files: a clear error, and then it works again.
import { readFileSync } from 'node:fs';
import { App } from './app.ts';
import { Chats } from './chats.ts';
import { type Fault, onFile, startFaultProxy } from './fault-proxy.ts';
import { expect, test } from './test.ts';

const fixture = new URL('../fixtures/cria/', import.meta.url);

/** Serves one of Cria's files, changed. */
function changed(name: string, change: (content: Buffer) => Buffer | string): Fault {
  return onFile(name, (response) => response.end(change(readFileSync(new URL(name, fixture)))));
}

interface TensorCache {
  records: { records: { name: string; shape: number[]; nbytes: number }[] }[];
}

function changedTensors(change: (shard: TensorCache['records'][number]) => void): Fault {
  return changed('tensor-cache.json', (content) => {
    const cache = JSON.parse(content.toString()) as TensorCache;
    cache.records.forEach(change);
    return JSON.stringify(cache);
  });
}

/** Overwrites every occurrence of a name in a binary file with another of the same length. */
function renamed(content: Buffer, from: string, to: string): Buffer {
  let at = content.indexOf(from);
  expect(at).toBeGreaterThan(0);
  for (; at >= 0; at = content.indexOf(from, at)) content.write(to, at);
  return content;
}

const html = '<!doctype html><title>Sign in</title>';

const cases: { title: string; fault: Fault; code: string; errorActions: string }[] = [
  {
    title: 'weights of another shape than the library’s',
    fault: changedTensors((shard) => {
      const norm = shard.records.find(({ name }) => name === 'model.norm.weight');
      if (norm) Object.assign(norm, { shape: [64], nbytes: 64 * 4 });
    }),
    code: 'library-mismatch',
    errorActions: 'Download again',
  },
  {
    title: 'weights that lack a tensor',
    fault: changedTensors((shard) => {
      shard.records = shard.records.filter(({ name }) => name !== 'model.norm.weight');
    }),
    code: 'library-mismatch',
    errorActions: 'Download again',
  },
  {
    title: 'a library of another WebLLM, whose runtime has other exports',
    fault: changed('cria.wasm', (wasm) =>
      renamed(wasm, 'TVMFFIFunctionGetGlobal', 'TVMFuncGetGlobalFunctio'),
    ),
    code: 'library-mismatch',
    errorActions: 'Download again',
  },
  {
    title: 'a library of another WebLLM, which lacks a function',
    fault: changed('cria.wasm', (wasm) =>
      renamed(wasm, 'apply_penalty_inplace', 'apply_penalty_outside'),
    ),
    code: 'library-mismatch',
    errorActions: 'Download again',
  },
  {
    title: 'a library that is cut short',
    fault: changed('cria.wasm', (wasm) => wasm.subarray(0, wasm.length / 2)),
    code: 'library-damaged',
    errorActions: 'Download again',
  },
  {
    title: 'a page in place of the library',
    fault: changed('cria.wasm', () => html),
    code: 'model-not-a-model',
    errorActions: 'Try again',
  },
  {
    title: 'weights that are cut short',
    fault: changed('params_shard_0.bin', (shard) => shard.subarray(0, shard.length / 2)),
    code: 'download-incomplete',
    errorActions: 'Try again',
  },
  {
    title: 'weights with a flipped bit',
    fault: changed('params_shard_0.bin', (shard) => {
      shard.writeUInt8(shard.readUInt8(1_000_000) ^ 1, 1_000_000);
      return shard;
    }),
    code: 'model-damaged',
    errorActions: 'Download again',
  },
  {
    title: 'a page in place of the tokenizer',
    fault: changed('tokenizer.json', () => html),
    code: 'model-not-a-model',
    errorActions: 'Try again',
  },
  {
    title: 'an index that is no index',
    fault: changed('tensor-cache.json', () => '{"records": []}'),
    code: 'model-not-a-model',
    errorActions: 'Try again',
  },
];

test('damaged and mismatched files each give an error, and then the model loads', async ({
  page,
  baseURL,
}) => {
  const proxy = await startFaultProxy(baseURL ?? '');
  try {
    const app = await new App(page).open(proxy.url);
    await app.chooseModel(/Cria/);
    for (const { title, fault, code, errorActions } of cases) {
      await test.step(title, async () => {
        proxy.fault = fault;
        const answer = await app.ask('What is the capital of France?');
        await answer.failsWith(code);
        proxy.fault = null;
        await answer.button(errorActions).click();
        await expect(app.answers).toHaveCount(1);
        await expect((await app.lastAnswer()).text).toHaveText('Paris.');
        await app.deleteModel('Cria');
        await new Chats(page).deleteAll();
      });
    }
  } finally {
    await proxy.close();
  }
});
