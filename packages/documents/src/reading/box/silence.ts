/** Interval (ms) between two looks at the clock. */
const LOOK_EVERY_MS = 500;

/**
 * Calls `onSilence` once `limitMs` have passed. A pause of the machine or of this process counts as two intervals at
 * most, so that a paused box is not blamed for it.
 * @returns a function that ends the watch.
 */
export function watchSilence(limitMs: number, onSilence: () => void): () => void {
  let silentMs = 0;
  let last = performance.now();
  const every = Math.min(LOOK_EVERY_MS, limitMs);
  const timer = setInterval(() => {
    const now = performance.now();
    silentMs += Math.min(now - last, 2 * every);
    last = now;
    if (silentMs < limitMs) return;
    clearInterval(timer);
    onSilence();
  }, every);
  return () => clearInterval(timer);
}
