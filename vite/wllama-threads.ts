/**
 * How many threads compute a step. wllama takes a number at load, which is right for an idle machine with equal cores;
 * with this, it is the most that there may be, and each step is computed with the number that is fastest now. See
 * docs/decisions/0035-cpu-kernels.md.
 *
 * `ggml_backend_cpu_graph_compute(backend, graph)` is called once a step. A function in its place sets the number of
 * threads, calls it, and takes the time. All candidates are the most, halved some times. Steps of one token (decode)
 * and of several (prefill) choose for themselves.
 */
import {
  call,
  type Code,
  either,
  f64,
  getGlobal,
  getLocal,
  i32,
  Locals,
  select,
  setGlobal,
  setLocal,
  when,
} from './wasm-code.ts';
import type { WasmBinary } from './wasm-binary.ts';

/** A neighbour of the chosen number is tried after that many steps; each time it fails, after twice as many. */
export const firstInterval = 4;
export const longestInterval = 128;
/** A neighbour is chosen once it was faster by a tenth in two steps, so that equal ones do not alternate. */
const advantage = 1.1;
/** Where steps take that much longer than at the last trial, the machine has changed, and the next trial comes early. */
const slowed = 1.5;
const earlyInterval = 16;

const clockType = { parameters: [], results: ['f64'] } as const;
const computeType = { parameters: ['i32', 'i32'], results: ['i32'] } as const;
/** `emscripten_get_now` in the file for several threads: milliseconds. The unit test looks it up in wllama's script. */
export const clockName = 'b';

/** Places in structures of llama.cpp, which the patterns below contain too. */
const offsets = {
  /** Of a `ggml_backend`'s context, which starts with the number of threads. */
  context: 64,
  /** Of a `ggml_cgraph`'s number of nodes, and of its list of them. */
  nodeCount: 4,
  nodes: 12,
  /** Of a node's number of rows. The first node has a row for each token: their embeddings. */
  rows: 16,
} as const;

/** One variable's or one function's number in LEB128. */
const number = String.raw`([\x80-\xff]*[\x00-\x7f])`;
/**
 * In `ggml_backend_cpu_graph_compute`: local.get plan; i32.const 8; i32.add; local.get graph; local.get backend;
 * i32.load context; local.tee context; i32.load; local.get context; i32.load 4; call ggml_graph_plan
 */
const computing = new RegExp(
  String.raw`\x20\x02\x41\x08\x6a\x20\x01\x20\x00\x28\x02\x40\x22\x00\x28\x02\x00\x20\x00\x28\x02\x04\x10${number}`,
);
/** In `ggml_graph_plan`: local.get graph; i32.load nodeCount; i32.const 0; i32.gt_s */
const counting = new RegExp(String.raw`\x20\x01\x28\x02\x04\x41\x00\x4a`);
/** local.get graph; i32.load nodes; local.get at; i32.const 2; i32.shl; i32.add; i32.load; local.tee node; i64.load 8 */
const listing = new RegExp(
  String.raw`\x20\x01\x28\x02\x0c\x20${number}\x41\x02\x74\x6a\x28\x02\x00\x22${number}\x29\x03\x08`,
);

/** Throws if the file has no such function, as the file for one thread has a clock of another name. */
export function chooseThreads(file: WasmBinary): void {
  const found = file.matching(computing);
  const [compute] = found;
  if (compute === undefined || found.length > 1) {
    throw new Error(`wllama has changed: ${found.length} functions compute a graph.`);
  }
  const [, plan = ''] = computing.exec(file.code(compute))!;
  const planning = file.code(fromLeb(plan));
  if (!counting.test(planning) || !listing.test(planning)) {
    throw new Error('wllama has changed: a graph has another layout.');
  }
  measureSteps(file, compute);
}

/** The function computes a graph; the file imports a clock. */
export function measureSteps(file: WasmBinary, compute: number): void {
  const clock = file.imported(clockName, clockType);
  const original = file.add(computeType, file.body(compute));
  file.replace(compute, step(file, { original, clock }));
}

function fromLeb(text: string): number {
  return Buffer.from(text, 'latin1').reduce(
    (value, byte, at) => value + (byte & 127) * 128 ** at,
    0,
  );
}

interface Functions {
  readonly original: number;
  readonly clock: number;
}

function step(file: WasmBinary, { original, clock }: Functions): Uint8Array {
  const [backend, graph] = [getLocal(0), getLocal(1)];
  const locals = new Locals(2);
  const context = locals.add('i32');
  const most = locals.add('i32');
  const tokens = locals.add('i32');
  const status = locals.add('i32');
  const time = locals.add('f64');
  const compute = setLocal(status, call(original, backend, graph));
  const useThreads = (count: Code) => i32.store(getLocal(context), count, 0);
  const measured = ({ threads, prepare, learn }: Choice) => [
    prepare,
    useThreads(threads),
    setLocal(time, call(clock)),
    compute,
    setLocal(time, f64.sub(call(clock), getLocal(time))),
    useThreads(getLocal(most)),
    learn,
  ];
  const values = { most: getLocal(most), tokens: getLocal(tokens), time: getLocal(time) };
  const [decode, prefill] = [choice(file, values), choice(file, values)];
  const firstNode = i32.load(i32.load(graph, offsets.nodes), 0);
  const hasNodes = i32.gtS(i32.load(graph, offsets.nodeCount), i32.const(0));
  return locals.body(
    setLocal(context, i32.load(backend, offsets.context)),
    setLocal(most, i32.load(getLocal(context), 0)),
    either(
      i32.and(i32.gtS(getLocal(most), i32.const(1)), hasNodes),
      [
        setLocal(tokens, i32.load(firstNode, offsets.rows)),
        either(i32.eq(getLocal(tokens), i32.const(1)), measured(decode), measured(prefill)),
      ],
      [compute],
    ),
    getLocal(status),
  );
}

interface Choice {
  readonly threads: Code;
  /** Before a step. */
  readonly prepare: Code;
  /** After it. */
  readonly learn: Code;
}

/** Values of one step. */
interface Step {
  readonly most: Code;
  readonly tokens: Code;
  readonly time: Code;
}

/** For one kind of steps. Its variables are the file's, and start as zero. */
function choice(file: WasmBinary, { most, tokens, time }: Step): Choice {
  const variable = (type: 'i32' | 'f64') => {
    const index = file.addGlobal(type);
    return { get: getGlobal(index), set: (value: Code) => setGlobal(index, value) };
  };
  /** How often the most is halved: for the chosen number, and for the one that computes this step. */
  const [chosen, tried] = [variable('i32'), variable('i32')];
  /** From the chosen number to the one that is tried next: 1 for half as many threads, -1 for twice as many. */
  const direction = variable('i32');
  /** Only steps of the most tokens are compared: a prompt's last step has fewer. */
  const fullStep = variable('i32');
  /** Since the last trial; and how many there are between trials. */
  const [steps, interval] = [variable('i32'), variable('i32')];
  /** Times of the last two steps with the chosen number; of a trial's first step, or 0; and the usual one at the last trial. */
  const [last, previous] = [variable('f64'), variable('f64')];
  const [firstTrial, before] = [variable('f64'), variable('f64')];

  /** A single slow step says nothing: another program may have run. */
  const usual = f64.min(last.get, previous.get);
  const threadsAt = (halvings: Code) => i32.shrU(most, halvings);
  const start = (count: Code) => [steps.set(i32.const(0)), interval.set(count)];

  const prepare = when(
    i32.gtS(tokens, fullStep.get),
    fullStep.set(tokens),
    tried.set(chosen.get),
    ...start(i32.const(firstInterval)),
  );
  const isDue = i32.geU(steps.get, interval.get);
  const hasSlowed = i32.and(
    i32.geU(steps.get, i32.const(earlyInterval)),
    f64.lt(f64.mul(before.get, f64.const(slowed)), usual),
  );
  const startTrial = [
    when(hasSlowed, interval.set(i32.const(firstInterval))),
    before.set(usual),
    firstTrial.set(f64.const(0)),
    // At either end, there is one neighbour.
    when(i32.eqz(threadsAt(i32.add(chosen.get, i32.const(1)))), direction.set(i32.const(-1))),
    when(i32.eqz(chosen.get), direction.set(i32.const(1))),
    tried.set(i32.add(chosen.get, direction.get)),
  ];
  const choose = [
    chosen.set(tried.get),
    previous.set(firstTrial.get),
    last.set(time),
    before.set(usual),
    ...start(i32.const(firstInterval)),
  ];
  const longer = i32.add(interval.get, interval.get);
  const isLongest = i32.geU(interval.get, i32.const(longestInterval));
  const giveUp = [
    tried.set(chosen.get),
    direction.set(i32.sub(i32.const(0), direction.get)),
    ...start(select(isLongest, interval.get, longer)),
  ];
  const isFaster = f64.lt(f64.mul(time, f64.const(advantage)), usual);
  const isFirst = f64.eq(firstTrial.get, f64.const(0));
  const learn = when(
    i32.eq(tokens, fullStep.get),
    either(
      i32.eq(tried.get, chosen.get),
      [
        previous.set(last.get),
        last.set(time),
        steps.set(i32.add(steps.get, i32.const(1))),
        when(i32.or(isDue, hasSlowed), ...startTrial),
      ],
      [either(isFaster, [either(isFirst, [firstTrial.set(time)], choose)], giveUp)],
    ),
  );
  return { threads: threadsAt(tried.get), prepare, learn };
}
