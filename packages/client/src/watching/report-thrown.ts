/**
 * Calls back code that is not ours. What it throws goes no further here: it becomes an uncaught exception of its own, as
 * one of an event listener does.
 */
export function reportThrown(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
