/**
 * What `work` gives, or a rejection with the signal's reason if `work` has not ended within the grace period after the
 * signal aborted. What such work still does is its own; its failure is not reported.
 * @param graceMs How long to wait after the abort, given its reason.
 */
export async function cutOff<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  graceMs: (reason: unknown) => number,
): Promise<Value> {
  const settled = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const begin = () => {
      timer = setTimeout(() => reject(toError(signal.reason)), graceMs(signal.reason));
    };
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
