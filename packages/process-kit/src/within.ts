/**
 * The outcome of `work`, unless it takes longer than `milliseconds`: then `late()` is thrown, and a later outcome is
 * ignored. Leaves no timer behind.
 */
export async function within<Value>(milliseconds: number, work: Promise<Value>, late: () => Error): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether `work` settles within `milliseconds`. @throws what `work` rejects with. */
export async function isSettledWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const late = new Error('late');
  try {
    await within(milliseconds, work, () => late);
    return true;
  } catch (error) {
    if (error === late) return false;
    throw error;
  }
}
