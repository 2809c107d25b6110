/** Work that is done again and again. Resting ⇄ working → stopped. */
export interface Repetition {
  /** Starts a run at once. During a run, one more run follows it. */
  again(): void;
  /** Starts no further run; resolves once the present one has ended. */
  stop(): Promise<void>;
}

/** Runs `work` every `everyMs`, one run at a time: a tick during a run is skipped. `work` must not reject. */
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
