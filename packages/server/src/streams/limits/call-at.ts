/** Longest single timer (ms). A timer beyond 2^31 - 1 fires at once; short ones notice a changed clock. */
const LONGEST_STEP_MS = 60_000;

/**
 * Calls back at a time (ms since 1970), also far in the future.
 * @returns a function that cancels the call.
 */
export function callAt(time: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const step = () => {
    const left = time - Date.now();
    if (left <= 0) callback();
    else timer = setTimeout(step, Math.min(left, LONGEST_STEP_MS)).unref();
  };
  timer = setTimeout(step, Math.max(0, Math.min(time - Date.now(), LONGEST_STEP_MS))).unref();
  return () => clearTimeout(timer);
}
