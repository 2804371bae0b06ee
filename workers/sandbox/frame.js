// All that runs in a sandbox's frame itself: starts a worker for each run, and ends it in time.
// Its hash is in src/core/response-headers.ts: a unit test says so when this file has changed.
const policy = globalThis.trustedTypes?.createPolicy('corral-sandbox', {
  createScriptURL: (address) => address,
});
const trusted = (address) => policy?.createScriptURL(address) ?? address;
const blobAddress = (script) =>
  trusted(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
const dataAddress = (script) =>
  trusted(`data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`);

/** WebKit starts no worker from a blob where the page is isolated and the frame has no origin. */
async function blobsStart() {
  let worker;
  try {
    worker = new Worker(blobAddress('postMessage(0)'));
    return await new Promise((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = () => resolve(false);
      setTimeout(resolve, 5000, false);
    });
  } catch {
    return false;
  } finally {
    worker?.terminate();
  }
}

addEventListener('message', ({ data, ports: [port] }) => {
  if (data !== 'corral-sandbox' || !port) return;
  let module;
  let start;
  const broken = (message, isStarted = false) => ({
    type: 'broken',
    isStarted,
    message: String(message).slice(0, 200),
  });

  async function setUp({ program, wasm }) {
    try {
      module = await WebAssembly.compile(wasm);
      const addressOf = (await blobsStart()) ? blobAddress : dataAddress;
      const address = addressOf(program);
      start = () => new Worker(address);
      port.postMessage({ id: 0, type: 'ready' });
    } catch (error) {
      port.postMessage({ id: 0, ...broken(error) });
    }
  }

  function run({ id, input, startMs, runMs, mostPrinted }) {
    const worker = start();
    let isStarted = false;
    let room = mostPrinted;
    const end = (outcome) => {
      clearTimeout(timer);
      worker.terminate();
      port.postMessage({ id, ...outcome });
    };
    const limit = (ms) => setTimeout(() => end({ type: 'timed-out', isStarted }), ms);
    let timer = limit(startMs);
    worker.onmessage = ({ data: output }) => {
      if (isStarted) {
        if (output?.type !== 'printed' || typeof output.text !== 'string') {
          return end({ type: 'finished', output });
        }
        // Messages count too: a guest that has got out of its interpreter could flood the page with them.
        room -= output.text.length || 1;
        if (room < 0) return end(broken('it printed too much', isStarted));
        return port.postMessage({ id, type: 'printed', text: output.text });
      }
      isStarted = output === 'started';
      clearTimeout(timer);
      timer = limit(runMs);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end(broken(event.message, isStarted));
    };
    worker.onmessageerror = () => end(broken('unreadable', isStarted));
    worker.postMessage({ module, input });
  }

  port.onmessage = ({ data: request }) => {
    if (request.type === 'set-up') void setUp(request);
    else run(request);
  };
});
