import { setTimeout as delay } from 'node:timers/promises';
import { AloneGate } from './alone-gate.ts';
import { again, nextOfRefusal, type Delivery, type Next } from './delivery.ts';
import type { Taking } from '../fleet/fleet-member.ts';
import { RunExecutor, type RunEnd, type RunExecutorDependencies, type Taken } from './run-executor.ts';
import { jittered, type WorkerTimings } from './worker-timings.ts';

/** Number of deliveries that a suspect finds the process busy before the process keeps other tasks out for it. */
const BUSY_BEFORE_HOLDING = 20;

export interface TaskRunsDependencies extends RunExecutorDependencies {
  /** Whether a task only has to be ended, without its handler. A suspect then runs beside others. */
  isOnlyToBeEnded: (taskId: string) => Promise<boolean>;
  /** Called with false when the process takes no further jobs, and with true when it takes jobs again. */
  takeJobs: (doTake: boolean) => void;
}

/** A run in this process, or one that waits until the process is free. `ended` rejects only if the run never began. */
interface Run {
  ended: Promise<RunEnd>;
}

/**
 * Decides which deliveries run in this process: at most one run per task, and none beside a task that is suspected of
 * ending its process. A delivery starts a run, or adopts the run that the process already has of its task.
 *
 * Modes of a task here: absent → taking → running → absent. A suspect that finds the process busy too often goes
 * absent → waiting (it holds the gate until the process is free) → taking.
 */
export class TaskRuns {
  readonly #dependencies: TaskRunsDependencies;
  readonly #executor: RunExecutor;
  readonly #timings: WorkerTimings;
  readonly #runs = new Map<string, Run>();
  readonly #gate: AloneGate;
  /** The task that is being taken. */
  #taking: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dependencies: TaskRunsDependencies) {
    this.#dependencies = dependencies;
    this.#executor = new RunExecutor(dependencies);
    this.#timings = dependencies.timings;
    this.#gate = new AloneGate((isHeld) => dependencies.takeJobs(!isHeld));
  }

  get size(): number {
    return this.#runs.size;
  }

  /** The tasks that run or are being taken. */
  *taskIds(): Iterable<string> {
    yield* this.#runs.keys();
    if (this.#taking !== undefined) yield this.#taking;
  }

  /** Resolves after all current runs have ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.ended));
  }

  /** Adopts this process's run of the task, or starts one. */
  async serve(delivery: Delivery): Promise<Next> {
    for (;;) {
      const started = this.#runs.get(delivery.taskId) ?? (await this.#inTurn(() => this.#start(delivery)));
      const next = 'ended' in started ? await started.ended : started;
      if (next !== 'superseded') return next;
    }
  }

  /** Runs one start at a time, so that two deliveries cannot both find the process empty. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #start(delivery: Delivery): Promise<Run | Next> {
    const { taskId } = delivery;
    const run = this.#runs.get(taskId);
    if (run !== undefined) return run;
    if (this.#gate.isClosedTo(taskId)) return again(jittered(this.#timings.aloneMs));
    this.#taking = taskId;
    try {
      const taking = await this.#take(delivery);
      if (taking.status === 'taken') return this.#begin(delivery, taking);
      if (taking.status === 'busy') return await this.#startBusy(delivery, taking.waits);
      return nextOfRefusal(taking, this.#timings);
    } finally {
      this.#taking = undefined;
    }
  }

  #take({ taskId, lock }: Delivery): Promise<Taking> {
    const others = [...this.#runs.keys()].filter((each) => each !== taskId);
    return this.#dependencies.fleet.take(taskId, lock.hold, others.length === 0);
  }

  /** Handles a suspect that found other tasks in the process. */
  async #startBusy(delivery: Delivery, waits: number): Promise<Run | Next> {
    const { taskId, lock } = delivery;
    if (await this.#isOnlyToBeEnded(taskId)) {
      // No handler runs, and therefore none can end the process. Neither an empty process nor the gate is needed.
      const taking = await this.#dependencies.fleet.take(taskId, lock.hold, true);
      return taking.status === 'taken'
        ? this.#begin(delivery, { ...taking, isSuspect: false })
        : nextOfRefusal(taking, this.#timings);
    }
    if (waits > BUSY_BEFORE_HOLDING) return this.#startWhenFree(delivery);
    return nextOfRefusal({ status: 'busy', waits }, this.#timings);
  }

  async #isOnlyToBeEnded(taskId: string): Promise<boolean> {
    // The answer is unknown now; the next delivery asks again.
    return this.#dependencies.isOnlyToBeEnded(taskId).catch(() => false);
  }

  /** Keeps other tasks out until the process is free for this task. */
  #startWhenFree(delivery: Delivery): Run {
    const { taskId, lock } = delivery;
    const { closing } = this.#dependencies;
    this.#gate.hold(taskId);
    const others = this.ended();
    const start = async (): Promise<RunEnd> => {
      const waiting = new AbortController();
      const toBeEnded = this.#untilToBeEnded(taskId, waiting.signal);
      await Promise.race([others, lock.lost, aborted(closing), toBeEnded]);
      waiting.abort();
      if (closing.aborted) return again(0);
      const started = await this.#inTurn(() => this.#startHeld(delivery));
      return 'ended' in started ? started.ended : started;
    };
    return { ended: start() };
  }

  /** Starts the task that holds the gate. If it does not start, the gate opens. */
  async #startHeld(delivery: Delivery): Promise<Run | Next> {
    let isStarted = false;
    try {
      const started = await this.#start(delivery);
      isStarted = 'ended' in started;
      return started;
    } finally {
      if (!isStarted) this.#gate.release(delivery.taskId);
    }
  }

  /** Resolves when the task only has to be ended, or when the signal aborts. */
  async #untilToBeEnded(taskId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const waited = await delay(this.#timings.aloneMs, true, { signal }).catch(() => false);
      if (waited && (await this.#isOnlyToBeEnded(taskId))) return;
    }
  }

  #begin(delivery: Delivery, taken: Taken): Run {
    const { taskId } = delivery;
    if (taken.isSuspect) this.#gate.hold(taskId);
    const surroundings = { retake: () => this.#take(delivery), isAlone: () => this.#gate.isHeldBy(taskId) };
    const ended = this.#executor.execute(delivery, taken, surroundings).finally(() => {
      this.#runs.delete(taskId);
      this.#gate.release(taskId);
    });
    this.#runs.set(taskId, { ended });
    return { ended };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
