import type { TaskAddress } from '@taskwire/event-log';
import type { TaskSnapshot } from '@taskwire/protocol';
import type { RetentionDependencies } from './retention-dependencies.ts';
import { SnapshotSaver } from './snapshot-saver.ts';

/** How often (ms) at most it is looked whether there is something to persist. */
const LOOK_EVERY_MS = 250;

/** As much of an attempt as is needed to persist what it does. */
export interface WatchedAttempt {
  /** The task as the attempt found it. */
  readonly snapshot: TaskSnapshot;
  /** Seq of the last event that is known to be in the log. */
  readonly lastSeq: number;
}

/** Persists what a running attempt does. Running → stopped. */
export interface SnapshotKeeper {
  /** A stage has ended: what is known is persisted soon. */
  stageEnded(): void;
  /** Ends it; resolves once nothing is being written any more. */
  stop(): Promise<void>;
}

/**
 * While an attempt runs, brings its events to PostgreSQL and lets Redis forget what is kept there: by time, by size and
 * at the ends of stages. A failure is logged and made good at the next occasion; it never ends the attempt.
 */
export function keepSnapshots(
  dependencies: RetentionDependencies,
  task: TaskAddress,
  attempt: WatchedAttempt,
): SnapshotKeeper {
  return new AttemptKeeper(dependencies, task, attempt);
}

class AttemptKeeper implements SnapshotKeeper {
  readonly #dependencies: RetentionDependencies;
  readonly #attempt: WatchedAttempt;
  readonly #saver: SnapshotSaver;
  readonly #timer: NodeJS.Timeout;
  #saving: Promise<void> | undefined;
  #wanted = false;
  #failing = false;
  #lastTry = performance.now();

  constructor(dependencies: RetentionDependencies, task: TaskAddress, attempt: WatchedAttempt) {
    this.#dependencies = dependencies;
    this.#attempt = attempt;
    this.#saver = new SnapshotSaver(dependencies, task, attempt.snapshot);
    this.#timer = setInterval(() => this.#look(), Math.min(LOOK_EVERY_MS, dependencies.retention.snapshotEveryMs));
  }

  stageEnded(): void {
    this.#wanted = true;
    this.#look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#saver.stop();
    await this.#saving;
  }

  #look(): void {
    if (this.#saving !== undefined || !this.#due()) return;
    this.#wanted = false;
    this.#lastTry = performance.now();
    this.#saving = this.#save().finally(() => (this.#saving = undefined));
  }

  /** After a failure only time counts: a server that is away is not asked again and again. */
  #due(): boolean {
    const { snapshotEveryMs, snapshotEveryEvents } = this.#dependencies.retention;
    const newEvents = this.#attempt.lastSeq - this.#saver.savedSeq;
    if (newEvents <= 0) return false;
    if (performance.now() - this.#lastTry >= snapshotEveryMs) return true;
    return !this.#failing && (this.#wanted || newEvents >= snapshotEveryEvents);
  }

  async #save(): Promise<void> {
    try {
      await this.#saver.save();
      if (this.#failing) this.#dependencies.logger.info('the state of the task is persisted again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing)
        this.#dependencies.logger.warn({ err: error }, 'the state of the task could not be persisted');
      this.#failing = true;
    }
  }
}
