/** The signal of callers inside this process, who may have none. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
