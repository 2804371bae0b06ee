// All that runs in the sandbox's frame itself: starts a worker for each program, and ends it in time.
// Its hash is in src/core/response-headers.ts: a unit test says so when this file has changed.
addEventListener('message', ({ data, ports: [port] }) => {
  if (data !== 'corral-sandbox' || !port) return;
  port.onmessage = ({ data: { id, program, calls, timeoutMs } }) => {
    const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    const worker = new Worker(address);
    const end = (reply) => {
      clearTimeout(timer);
      worker.terminate();
      URL.revokeObjectURL(address);
      port.postMessage({ id, ...reply });
    };
    const timer = setTimeout(() => end({ type: 'timed-out' }), timeoutMs);
    worker.onmessage = ({ data: results }) => end({ type: 'results', results });
    worker.onerror = (event) => {
      event.preventDefault();
      end({ type: 'broken', message: String(event.message).slice(0, 200) });
    };
    worker.onmessageerror = () => end({ type: 'broken', message: 'unreadable result' });
    worker.postMessage(calls);
  };
});
