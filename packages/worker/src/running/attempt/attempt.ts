import { AppendRefusedError } from '@taskwire/event-log';
import type { TaskEventDraft, TaskSnapshot } from '@taskwire/protocol';
import { Journal } from '../../context/journal.ts';
import { AttemptStopped, type StopReason } from './attempt-stopped.ts';

/** The reason with which an attempt's signal aborts after a failed append. */
function stopOf(error: unknown): unknown {
  return error instanceof AppendRefusedError ? new AttemptStopped(error.reason) : error;
}

/** Destination of an attempt's events. */
export interface AttemptLog {
  /** @returns whether a cancel was asked for. @throws AppendRefusedError if the log takes nothing more. */
  append(events: readonly TaskEventDraft[]): Promise<{ canceling: boolean }>;
  /** Seq of the last event that the log has acknowledged to this attempt. */
  readonly lastSeq: number;
}

/** A begun attempt: its number, the state right after its `started`, and its log. */
export interface AttemptStart {
  attempt: number;
  snapshot: TaskSnapshot;
  writer: AttemptLog;
}

/**
 * One attempt at a task in this process: its journal, and the signal that ends it early.
 *
 * Running → stopped, by the first reason. Either → concluded, when its last event is written or refused. Each → closed: a
 * refused or failed attempt closes without a last event.
 */
export class Attempt {
  readonly number: number;
  /** State of the task right after the attempt's claim. */
  readonly snapshot: TaskSnapshot;
  readonly journal: Journal;
  readonly #writer: AttemptLog;
  readonly #controller = new AbortController();
  readonly #begunAt = performance.now();
  #percent: number;

  constructor({ attempt, snapshot, writer }: AttemptStart) {
    this.number = attempt;
    this.snapshot = snapshot;
    this.#writer = writer;
    this.#percent = snapshot.state.percent;
    const sink = { append: (events: readonly TaskEventDraft[]) => this.#append(events) };
    this.journal = new Journal(sink, {
      onCanceling: () => this.stop('canceled'),
      onFailure: (error) => this.#controller.abort(stopOf(error)),
    });
  }

  /** Seq of the last event that the log has acknowledged to this attempt. */
  get lastSeq(): number {
    return this.#writer.lastSeq;
  }

  /** Percent of the whole task in the last progress that the log has acknowledged. */
  get percent(): number {
    return this.#percent;
  }

  /** Aborts with an AttemptStopped, or with the error of an append that failed for an unknown reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The reason for which the attempt was stopped, if it was. @throws the error of an append that failed for an unknown reason. */
  get stopReason(): StopReason | undefined {
    if (!this.signal.aborted) return undefined;
    const reason: unknown = this.signal.reason;
    if (reason instanceof AttemptStopped) return reason.reason;
    throw reason;
  }

  /** Aborts the signal, so that the handler ends. Only the first reason counts. */
  stop(reason: StopReason, details: { cause?: unknown } = {}): void {
    this.#controller.abort(new AttemptStopped(reason, details));
  }

  /** Writes the attempt's last event after all others. @returns the reason if the log refuses it. */
  async conclude(draft: TaskEventDraft): Promise<AppendRefusedError['reason'] | undefined> {
    try {
      await this.journal.conclude(draft);
      return undefined;
    } catch (error) {
      if (error instanceof AppendRefusedError) return error.reason;
      throw error;
    }
  }

  /** Time (ms, clock of the log) from the task's first start until this attempt began. */
  get elapsedBeforeMs(): number {
    const { startedAt, updatedAt } = this.snapshot.state;
    // The clock may have been set back, and no event may hold a negative duration.
    return startedAt === undefined || updatedAt === undefined ? 0 : Math.max(0, updatedAt - startedAt);
  }

  /** Time (ms) since the task's first start. */
  get durationMs(): number {
    return Math.round(this.elapsedBeforeMs + performance.now() - this.#begunAt);
  }

  close(): void {
    this.journal.close();
  }

  async #append(events: readonly TaskEventDraft[]): Promise<{ canceling: boolean }> {
    const reply = await this.#writer.append(events);
    const latest = events.findLast((event) => event.type === 'progress');
    if (latest !== undefined) this.#percent = latest.percent;
    return reply;
  }
}
