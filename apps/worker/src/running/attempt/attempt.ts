import { AppendRefusedError, type AttemptWriter } from '@taskwire/event-log';
import type { TaskEventDraft, TaskSnapshot } from '@taskwire/protocol';
import { Journal } from '../../context/journal.ts';
import { AttemptStopped, type StopReason } from './attempt-stopped.ts';
import type { Claim } from './claim-task.ts';

/** What an attempt cannot go on after, as what its signal aborts with. */
function stopOf(error: unknown): unknown {
  return error instanceof AppendRefusedError ? new AttemptStopped(error.reason) : error;
}

/** One try of a task in this process: its journal, and the signal that ends it early. */
export class Attempt {
  readonly number: number;
  /** The task as the attempt found it. */
  readonly snapshot: TaskSnapshot;
  readonly journal: Journal;
  readonly #writer: AttemptWriter;
  readonly #controller = new AbortController();
  readonly #begunAt = performance.now();
  #percent: number;

  constructor({ attempt, snapshot, writer }: Claim) {
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

  /** The seq of the last event of the log that this attempt knows of. */
  get lastSeq(): number {
    return this.#writer.lastSeq;
  }

  /** Percent of the whole task, as far as the log is known to have it. */
  get percent(): number {
    return this.#percent;
  }

  /** Aborts with an AttemptStopped; with another Error only if the log cannot be written for an unknown reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the attempt was stopped, if it was. @throws what made the log unwritable, if that is unknown. */
  get stopReason(): StopReason | undefined {
    if (!this.signal.aborted) return undefined;
    const reason: unknown = this.signal.reason;
    if (reason instanceof AttemptStopped) return reason.reason;
    throw reason;
  }

  /** Makes the handler end. The first reason counts. */
  stop(reason: StopReason, details: { cause?: unknown } = {}): void {
    this.#controller.abort(new AttemptStopped(reason, details));
  }

  /** Writes what ends the attempt, after everything else. @returns why the log refused it, if it did. */
  async conclude(draft: TaskEventDraft): Promise<AppendRefusedError['reason'] | undefined> {
    try {
      await this.journal.conclude(draft);
      return undefined;
    } catch (error) {
      if (error instanceof AppendRefusedError) return error.reason;
      throw error;
    }
  }

  /** Milliseconds from the task's first start until this attempt began, by the clock of the log. */
  get elapsedBeforeMs(): number {
    const { startedAt, updatedAt } = this.snapshot.state;
    // That clock may have been set back between the two: no event holds a negative duration.
    return startedAt === undefined || updatedAt === undefined ? 0 : Math.max(0, updatedAt - startedAt);
  }

  /** Milliseconds since the task was first started. */
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
