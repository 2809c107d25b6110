/**
 * Resolves with the value of `work`. If the signal aborts first, it rejects at once; the caller stops the work itself.
 * @throws the signal's reason.
 */
export async function stoppable<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let stop = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
  });
  // Both are heard, whichever comes first.
  stopped.catch(() => undefined);
  work.catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
