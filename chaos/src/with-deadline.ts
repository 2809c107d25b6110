import { setMaxListeners } from 'node:events';

/**
 * What `work` gives. Its signal aborts after `ms` milliseconds, and with `parent`; then this rejects, whether `work` heeds
 * it or not: a fetch whose connection is closed at once may never settle. (Not AbortSignal.any over a time-out: Node.js 20
 * collects that as garbage before it fires.)
 */
export async function withDeadline<Value>(
  parent: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  // Any number of calls may wait within the work.
  setMaxListeners(0, controller.signal);
  let stop = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => {
      const reason = parent.aborted ? 'it is over' : `not done within ${ms} ms`;
      reject(new Error(reason));
      controller.abort();
    };
  });
  stopped.catch(() => undefined);
  const timer = setTimeout(stop, ms);
  parent.addEventListener('abort', stop, { once: true });
  if (parent.aborted) stop();
  try {
    return await Promise.race([work(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener('abort', stop);
  }
}
