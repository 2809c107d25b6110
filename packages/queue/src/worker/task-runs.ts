import { setTimeout as delay } from 'node:timers/promises';
import { AloneGate } from './alone-gate.ts';
import { again, FINISH, LOST, toTaskJob, type Delivery, type Next } from './delivery.ts';
import type { FleetMember, Taking } from '../fleet/fleet-member.ts';
import { LaterPace } from './later-pace.ts';
import type { JobOutcome, TaskJob } from '../task-job.ts';
import { growingDelay, jittered, type WorkerTimings } from './worker-timings.ts';

/** Deliveries of a suspect that find the process busy before the process takes nothing else until it is free. */
const BUSY_BEFORE_HOLDING = 20;
/** Longest delay (ms) of a task that a living worker runs. */
const ELSEWHERE_CAP_MS = 2_000;
/** Mean interval (ms) between the deliveries that this worker cannot run and that come again. */
const LATER_EVERY_MS = 20;

export interface TaskRunsDependencies {
  fleet: FleetMember;
  timings: WorkerTimings;
  /** Runs a task. A throw counts as `later`. */
  run: (job: TaskJob) => Promise<JobOutcome>;
  /** Whether a task only has to be ended, without its handler: a suspect then runs beside others. */
  isOnlyToBeEnded: (taskId: string) => Promise<boolean>;
  /** Called when the process takes nothing but what it runs (false), and when it takes jobs again. */
  takeJobs: (doTake: boolean) => void;
  onError: (error: unknown) => void;
  /** Aborts when the worker is being closed. */
  closing: AbortSignal;
}

type Taken = Extract<Taking, { status: 'taken' }>;
/** How a run ended for a delivery; `superseded` if another worker's attempt has the task. */
type RunEnd = Next | 'superseded';

/** A run of a task in this process, or one that waits until the process is free. It rejects only if it never began. */
interface Run {
  ended: Promise<RunEnd>;
}

/**
 * Runs of this process: at most one of a task, and none beside a task that is suspected of ending its process.
 * A delivery starts a run, or adopts the one that the process has of its task.
 */
export class TaskRuns {
  readonly #dependencies: TaskRunsDependencies;
  readonly #timings: WorkerTimings;
  readonly #runs = new Map<string, Run>();
  readonly #gate: AloneGate;
  readonly #laterPace = new LaterPace(LATER_EVERY_MS);
  /** The task that is being taken. */
  #taking: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dependencies: TaskRunsDependencies) {
    this.#dependencies = dependencies;
    this.#timings = dependencies.timings;
    this.#gate = new AloneGate((isHeld) => dependencies.takeJobs(!isHeld));
  }

  get size(): number {
    return this.#runs.size;
  }

  /** The tasks that run, or are being taken. */
  *taskIds(): Iterable<string> {
    yield* this.#runs.keys();
    if (this.#taking !== undefined) yield this.#taking;
  }

  /** Resolves once everything that runs now has ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.ended));
  }

  /** Adopts the run of the task that this process has, or starts one. */
  async serve(delivery: Delivery): Promise<Next> {
    for (;;) {
      const started = this.#runs.get(delivery.taskId) ?? (await this.#inTurn(() => this.#start(delivery)));
      const next = 'ended' in started ? await started.ended : started;
      if (next !== 'superseded') return next;
    }
  }

  /** One delivery at a time looks at what runs here, so that two cannot both find the process empty. */
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
      return this.#refused(taking);
    } finally {
      this.#taking = undefined;
    }
  }

  #take({ taskId, lock }: Delivery): Promise<Taking> {
    const others = [...this.#runs.keys()].filter((each) => each !== taskId);
    return this.#dependencies.fleet.take(taskId, lock.hold, others.length === 0);
  }

  /** A suspect found other tasks in the process. */
  async #startBusy(delivery: Delivery, waits: number): Promise<Run | Next> {
    const { taskId, lock } = delivery;
    if (await this.#isOnlyToBeEnded(taskId)) {
      // No handler runs, so it cannot end the process: it needs neither an empty process nor the gate.
      const taking = await this.#dependencies.fleet.take(taskId, lock.hold, true);
      return taking.status === 'taken' ? this.#begin(delivery, { ...taking, isSuspect: false }) : this.#refused(taking);
    }
    if (waits > BUSY_BEFORE_HOLDING) return this.#startWhenFree(delivery);
    return this.#refused({ status: 'busy', waits });
  }

  async #isOnlyToBeEnded(taskId: string): Promise<boolean> {
    // Not known at this moment: the next look finds out.
    return this.#dependencies.isOnlyToBeEnded(taskId).catch(() => false);
  }

  #refused(taking: Exclude<Taking, Taken>): Next {
    switch (taking.status) {
      case 'elsewhere':
        return again(growingDelay(taking.waits, { ...this.#timings, laterCapMs: ELSEWHERE_CAP_MS }));
      case 'undecided':
      case 'early':
        return again(taking.waitMs);
      case 'busy':
        return again(jittered(this.#timings.aloneMs));
      case 'lost':
        return LOST;
      default:
        return taking satisfies never;
    }
  }

  /** The process takes nothing else until it is free for this task. */
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

  /** Starts the task that holds the gate. If it does not start, the process takes others again. */
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

  /** Resolves once the task only has to be ended, or the signal aborts. */
  async #untilToBeEnded(taskId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const waited = await delay(this.#timings.aloneMs, true, { signal }).catch(() => false);
      if (waited && (await this.#isOnlyToBeEnded(taskId))) return;
    }
  }

  #begin(delivery: Delivery, taken: Taken): Run {
    const { taskId } = delivery;
    if (taken.isSuspect) this.#gate.hold(taskId);
    const ended = this.#run(delivery, taken).finally(() => {
      this.#runs.delete(taskId);
      this.#gate.release(taskId);
    });
    this.#runs.set(taskId, { ended });
    return { ended };
  }

  async #run(delivery: Delivery, taken: Taken): Promise<RunEnd> {
    const { fleet, onError, closing } = this.#dependencies;
    try {
      const judged = await this.#confirmed(delivery, taken);
      if (judged.status !== 'taken') return this.#refused(judged);
      const job = toTaskJob(delivery, judged);
      const outcome = await this.#outcomeOf(job);
      const { taskId, retryDelayMs } = job;
      const ranAlone = this.#gate.isHeldBy(taskId);
      const waits = await fleet.end(taskId, { outcome, retryDelayMs, ranAlone });
      return this.#afterRun(outcome, { retryDelayMs, waits });
    } catch (error) {
      if (!closing.aborted) onError(error);
      return again(jittered(this.#timings.aloneMs));
    }
  }

  /**
   * Before a task is ended for the deaths of its workers, they are looked for once more, a while later: one that comes back
   * was stalled.
   */
  async #confirmed(delivery: Delivery, taken: Taken): Promise<Taking> {
    if (taken.deaths === 0 || toTaskJob(delivery, taken).triesLeft >= 0) return taken;
    await delay(this.#timings.confirmMs, undefined, { signal: this.#dependencies.closing });
    return this.#take(delivery);
  }

  async #outcomeOf(job: TaskJob): Promise<JobOutcome> {
    try {
      return await this.#dependencies.run(job);
    } catch (error) {
      this.#dependencies.onError(error);
      return 'later';
    }
  }

  #afterRun(outcome: JobOutcome, { retryDelayMs, waits }: { retryDelayMs: number; waits: number }): RunEnd {
    switch (outcome) {
      case 'finished':
        return FINISH;
      case 'retry':
        return again(retryDelayMs);
      case 'hand-over':
        return again(0);
      case 'later':
        return again(this.#laterPace.delay(growingDelay(waits, this.#timings)));
      case 'superseded':
        return 'superseded';
      default:
        return outcome satisfies never;
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
