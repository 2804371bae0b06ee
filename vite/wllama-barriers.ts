/**
 * How llama.cpp's threads wait for each other. `ggml_barrier` spins until the last thread has come; a thread that spins
 * on a core which the last one needs holds it up for a time slice, hundreds of times a token. With this, a thread that
 * has spun for a while sleeps, and the last thread wakes it. See docs/decisions/0035-cpu-kernels.md.
 *
 * The compiler has put `ggml_barrier` into each of its callers, so its two halves are replaced there.
 */
import {
  atomic,
  call,
  type Code,
  getLocal,
  i32,
  Locals,
  loopWhile,
  setLocal,
  when,
} from './wasm-code.ts';
import type { WasmBinary } from './wasm-binary.ts';

/** Where `ggml_threadpool` counts the barriers that all threads have passed. */
const passedOffset = 192;
/** Some 25 microseconds: longer than threads of equal work wait on cores of their own. */
const spins = 65_536;
/** Should a wake-up be lost, the thread looks again. */
const longestSleepMs = 10;

/** One variable's number in LEB128. */
const local = String.raw`([\x80-\xff]*[\x00-\x7f])`;
/** loop; local.get pool; i32.atomic.load 192; local.get passed; i32.eq; br_if 0; end */
const waiting = new RegExp(
  String.raw`\x03\x40\x20${local}\xfe\x10\x02\xc0\x01\x20${local}\x46\x0d\x00\x0b`,
  'g',
);
/** local.get pool; i32.const 1; i32.atomic.rmw.add 192; drop */
const passing = new RegExp(String.raw`\x20${local}\x41\x01\xfe\x1e\x02\xc0\x01\x1a`, 'g');

/** Throws if the file has no such barriers, as a file for one thread has none. */
export function letThreadsSleep(file: WasmBinary): void {
  const type = { parameters: ['i32', 'i32'], results: [] } as const;
  const sleep = text(call(file.add(type, waitForOthers())));
  let [waits, wakes] = [0, 0];
  for (const index of file.functions) {
    const code = file.code(index);
    const changed = code
      .replace(waiting, (_, pool: string, passed: string) => {
        waits += 1;
        return `\x20${pool}\x20${passed}${sleep}`;
      })
      .replace(passing, (whole, pool: string) => {
        wakes += 1;
        return `${whole}\x20${pool}${wakeAll}`;
      });
    if (changed !== code) file.replace(index, Buffer.from(changed, 'latin1'));
  }
  if (waits === 0 || waits !== wakes) {
    throw new Error(`wllama has changed: ${waits} barriers wait, and ${wakes} are passed.`);
  }
}

const text = (code: Code) => Buffer.from(code).toString('latin1');
const wakeAll = text([...atomic.notify(i32.const(-1), passedOffset), 0x1a]);

/** Its parameters are the pool of threads, and the number of barriers that were passed before this one. */
function waitForOthers(): Uint8Array {
  const [pool, passed] = [0, 1];
  const locals = new Locals(2);
  const spun = locals.add('i32');
  const isWaiting = i32.eq(atomic.load(getLocal(pool), passedOffset), getLocal(passed));
  const sleep = atomic.wait(getLocal(pool), getLocal(passed), longestSleepMs * 1e6, passedOffset);
  return locals.body(
    loopWhile(
      isWaiting,
      setLocal(spun, i32.add(getLocal(spun), i32.const(1))),
      when(i32.geU(getLocal(spun), i32.const(spins)), sleep, [0x1a]),
    ),
  );
}
