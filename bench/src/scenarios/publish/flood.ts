/**
 * Keeps a number of writes on their way until the time is over, and waits for the last.
 * @returns how many were made, and how long it took in all (s).
 * @throws what a write failed with.
 */
export async function flood(
  write: () => Promise<unknown>,
  { lanes, seconds }: { lanes: number; seconds: number },
): Promise<{ writes: number; seconds: number }> {
  const begunAt = performance.now();
  const until = begunAt + seconds * 1_000;
  let writes = 0;
  const lane = async () => {
    while (performance.now() < until) {
      await write();
      writes += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { writes, seconds: (performance.now() - begunAt) / 1_000 };
}
