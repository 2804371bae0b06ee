/**
 * The objects of a program besides those of QuickJS: a console, and timers that do not wait. Evaluated in the guest: a
 * function that takes `print` and returns two functions, one to show a value and one to run the next timer.
 */
export const guestConsole = String.raw`((print) => {
  const most = 100;
  const wide = 72;
  const longest = 20000;
  const put = (open, items, close) => {
    if (items.length === 0) return open + close;
    const line = open + ' ' + items.join(', ') + ' ' + close;
    if (line.length <= wide && !line.includes('\n')) return line;
    return open + '\n' + items.map((item) => '  ' + item.replaceAll('\n', '\n  ')).join(',\n') + '\n' + close;
  };
  const some = (items, showOne) => {
    const shown = items.slice(0, most).map(showOne);
    if (items.length > most) shown.push('… ' + (items.length - most) + ' more');
    return shown;
  };
  const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
  const show = (value, seen = []) => {
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'bigint') return value + 'n';
    if (typeof value === 'function') return '[Function ' + (value.name || 'without name') + ']';
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    if (seen.includes(value)) return '[Circular]';
    if (seen.length > 5) return Array.isArray(value) ? '[…]' : '{…}';
    const within = [...seen, value];
    const inner = (item) => show(item, within);
    if (value instanceof Error) return value.name + ': ' + value.message;
    if (value instanceof Date || value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise';
    if (Array.isArray(value)) return put('[', some(value, inner), ']');
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return put(value.constructor.name + ' [', some(Array.from(value.subarray(0, most + 1)), inner), ']');
    }
    if (value instanceof Map) {
      return put('Map {', some([...value], ([name, item]) => inner(name) + ' => ' + inner(item)), '}');
    }
    if (value instanceof Set) return put('Set {', some([...value], inner), '}');
    const kind = value.constructor?.name;
    const open = kind && kind !== 'Object' ? kind + ' {' : '{';
    return put(open, some(Object.entries(value), ([name, item]) => key(name) + ': ' + inner(item)), '}');
  };
  const text = (value) => (typeof value === 'string' ? value : show(value));
  const log = (...values) => print((values.map(text).join(' ') + '\n').slice(0, longest));
  const counts = new Map();
  const starts = new Map();
  const passed = (label = 'default') => label + ': ' + (Date.now() - (starts.get(label) ?? Date.now())) + ' ms';
  const none = () => {};
  globalThis.console = {
    log, info: log, debug: log, warn: log, error: log, dir: (value) => log(value), table: log, trace: log,
    group: log, groupCollapsed: log, groupEnd: none, clear: none,
    assert: (holds, ...values) => { if (!holds) log('Assertion failed', ...values); },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      log(label + ': ' + counts.get(label));
    },
    time: (label = 'default') => { starts.set(label, Date.now()); },
    timeLog: (label) => log(passed(label)),
    timeEnd: (label) => log(passed(label)),
  };
  let timers = [];
  let last = 0;
  let now = 0;
  const add = (run, ms, args, every) => {
    last += 1;
    timers.push({ id: last, run, args, at: now + Math.max(Number(ms) || 0, 1), every });
    return last;
  };
  const remove = (id) => { timers = timers.filter((timer) => timer.id !== id); };
  globalThis.setTimeout = (run, ms, ...args) => add(run, ms, args, null);
  globalThis.setInterval = (run, ms, ...args) => add(run, ms, args, Math.max(Number(ms) || 0, 1));
  globalThis.clearTimeout = globalThis.clearInterval = remove;
  globalThis.queueMicrotask = (run) => { Promise.resolve().then(run); };
  /** False if there is none. */
  const runTimer = () => {
    if (timers.length === 0) return false;
    const next = timers.reduce((first, timer) => (timer.at < first.at ? timer : first));
    now = next.at;
    if (next.every === null) remove(next.id);
    else next.at += next.every;
    next.run(...next.args);
    return true;
  };
  return { show: (value) => show(value).slice(0, longest), runTimer };
})`;
