/** Work that repeats itself. Running → stopped. */
export interface Repetition {
  /** Does the work at once; if it is being done, once more right after. */
  again(): void;
  /** Ends it; resolves once the work is not being done any more. */
  stop(): Promise<void>;
}

/** Does `work` every `everyMs`, one run at a time: a tick during a run is skipped. `work` must not reject. */
export function repeat(everyMs: number, work: () => Promise<void>): Repetition {
  let running: Promise<void> | undefined;
  let isWantedAgain = false;
  let isStopped = false;
  const run = () => {
    isWantedAgain = false;
    running = work().finally(() => {
      running = undefined;
      if (isWantedAgain && !isStopped) run();
    });
  };
  const timer = setInterval(() => {
    if (running === undefined) run();
  }, everyMs);
  return {
    again: () => {
      if (running === undefined && !isStopped) run();
      else isWantedAgain = true;
    },
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
