import { syncBuiltinESMExports } from 'node:module';
import { install, type Clock } from '@sinonjs/fake-timers';

// Taken before any clock is installed.
const realSetImmediate = setImmediate;
const realNow = performance.now.bind(performance);

/** Longest real time (ms) that a handler may wait for something that is not on the clock: a file, a request. */
const LONGEST_REAL_WAIT_MS = 5_000;
/** The same (ms) while the handler has nothing open. It ends before a test of vitest, which may take 5 s by default. */
const LONGEST_IDLE_WAIT_MS = 3_000;

/** Longest real time (ms) for which an open file or socket keeps the clock from advancing: an idle one stays open. */
const LONGEST_STANDSTILL_MS = 500;
/** Resources of Node that end by themselves: reads and writes of files. For them the limit is the longest real wait. */
const FILE_REQUESTS = new Set(['FSReqCallback', 'FSReqPromise']);
/** Resources of Node that are no work: timers, and the turns of the event loop below. */
const TIMERS = new Set(['Timeout', 'Immediate']);

/** The work that the clock waits for. */
export interface Running {
  isSettled(): boolean;
  /** Number of timers that run beside the work, such as a time limit: the clock does not advance for them alone. */
  idleTimers(): number;
}

/**
 * A clock that runs only when a method lets it. While it is installed, `setTimeout`, `Date`, `performance` and
 * `node:timers/promises` of this process follow it; files, sockets and `AbortSignal.timeout` do not. It stands still while
 * the process works with files and sockets, so that no time limit beside them passes first.
 *
 * Installed → uninstalled. One is installed at a time.
 */
export class VirtualClock {
  readonly #clock: Clock;
  /** Number of open files and sockets for which the clock does not stand still. */
  #idleResources = openResources();
  /** Number of files and sockets that were open before the work began. */
  readonly #foreignResources = this.#idleResources;

  /** @throws Error if another virtual clock is installed, such as vitest's. */
  constructor() {
    if ('clock' in setTimeout) {
      throw new Error(
        'a virtual clock is installed already. Of vitest: call vi.useRealTimers() first. Of another task: run one task at ' +
          'a time, without Promise.all, and finish() or stop() each task of startTask(), even if its test fails: ' +
          'onTestFinished(() => task.stop())',
      );
    }
    this.#clock = install({
      now: Date.now(),
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    });
    syncBuiltinESMExports();
  }

  /** Gives the process its own clock back. */
  uninstall(): void {
    this.#clock.uninstall();
    syncBuiltinESMExports();
  }

  /** Lets this time (ms) pass, timer by timer. */
  async advance(ms: number): Promise<void> {
    await this.#standStill();
    await this.#clock.tickAsync(ms);
    await this.#standStill();
  }

  /**
   * Lets time pass until the work is settled: from timer to timer, and in real time while the work waits for none.
   * @throws Error if the work waits too long for something that is not on the clock.
   */
  async runUntilSettled(running: Running): Promise<void> {
    let waitingSince = realNow();
    for (;;) {
      await this.#standStill(() => running.isSettled());
      if (running.isSettled()) return;
      if (this.#clock.countTimers() > running.idleTimers()) {
        await this.#clock.nextAsync();
        waitingSince = realNow();
      } else this.#limitWait(realNow() - waitingSince);
    }
  }

  /** @throws Error if a wait (ms of real time) is too long. */
  #limitWait(waitedMs: number): void {
    const limitMs = openResources() > this.#foreignResources ? LONGEST_REAL_WAIT_MS : LONGEST_IDLE_WAIT_MS;
    if (waitedMs <= limitMs) return;
    throw new Error(
      `the handler has waited for ${limitMs / 1_000} s of real time for something that is not on the clock: ` +
        'let the test answer it, or use startTask() and advance() to reach the time limit',
    );
  }

  /** Waits until the files and sockets that were opened since the last call are closed, or have turned out to be idle. */
  async #standStill(isOver: () => boolean = () => false): Promise<void> {
    const since = realNow();
    for (;;) {
      await turn();
      const open = openResources();
      const isIdle = realNow() - since > (isFileInUse() ? LONGEST_REAL_WAIT_MS : LONGEST_STANDSTILL_MS);
      if (isIdle || open < this.#idleResources) this.#idleResources = open;
      if (open <= this.#idleResources || isOver()) return;
    }
  }
}

/** Number of files, sockets and other resources in use that keep the process alive. */
function openResources(): number {
  return process.getActiveResourcesInfo().filter((name) => !TIMERS.has(name)).length;
}

function isFileInUse(): boolean {
  return process.getActiveResourcesInfo().some((name) => FILE_REQUESTS.has(name));
}

/** One turn of the event loop: callbacks of files and sockets, and all promises. */
function turn(): Promise<void> {
  return new Promise((resolve) => void realSetImmediate(resolve));
}
