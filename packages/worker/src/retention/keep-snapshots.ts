import type { TaskAddress } from '@taskwire/event-log';
import type { TaskSnapshot } from '@taskwire/protocol';
import type { RetentionDependencies } from './retention-dependencies.ts';
import { SnapshotSaver } from './snapshot-saver.ts';

/** Shortest interval (ms) between two looks for new events. */
const LOOK_EVERY_MS = 250;

/** The part of an attempt that is needed to persist its events. */
export interface WatchedAttempt {
  /** State of the task right after the attempt's claim. */
  readonly snapshot: TaskSnapshot;
  /** Seq of the last event that the log has acknowledged. */
  readonly lastSeq: number;
}

/** Persists the events of a running attempt. Resting ⇄ saving → stopped. */
export interface SnapshotKeeper {
  /** Says that a stage has ended: new events are persisted soon. */
  stageEnded(): void;
  /** Starts no further save; resolves once the present one has ended. */
  stop(): Promise<void>;
}

/**
 * While an attempt runs, copies its events to PostgreSQL and trims the log: after some time, after some events, and at the
 * end of each stage. A failure is logged, and the next save makes up for it. It never ends the attempt.
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

  /** After a failure only the time counts, so that a server that is away is asked seldom. */
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
