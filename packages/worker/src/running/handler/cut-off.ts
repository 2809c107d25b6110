/**
 * Waits for `work`, but no longer than a grace period after the signal has aborted. Work that is cut off goes on by itself,
 * and its failure is not reported.
 * @param graceMs The grace period (ms) for a reason of the abort.
 * @throws the signal's reason if the work is cut off.
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
