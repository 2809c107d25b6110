import {
  fold,
  initialTaskState,
  isTerminalEventType,
  taskEventSchema,
  type TaskEvent,
  type TaskEventDraft,
  type TaskMessage,
  type TaskSnapshot,
} from '@taskwire/protocol';
import type { AppendOutcome, TaskAddress, TaskEvents } from '../ports/task-events.ts';

/** What a follower is sent in place of a message: nothing, it twice, something else. */
export type Tamper = (message: TaskMessage) => TaskMessage[];

/** Event logs in memory that follow the rules, unless a test tells them not to. */
export class MemoryLogs implements TaskEvents {
  /** Set by a test: breaks what followers get, not what is logged. */
  tamper: Tamper = (message) => [message];
  /** Set by a test: what every follower is refused with. */
  refusal: Error | undefined;
  /** The tasks whose logs have been told to expire. */
  readonly expiring = new Set<string>();
  readonly #logs = new Map<string, { task: TaskAddress & { kind: string }; events: TaskEvent[] }>();
  readonly #wakers = new Set<() => void>();

  open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome> {
    if (this.#logs.has(task.taskId)) return Promise.resolve({ written: false, reason: 'not-empty' });
    this.#logs.set(task.taskId, { task: { ...task, kind: event.kind }, events: [] });
    return Promise.resolve({ written: true, seq: this.write(task.taskId, event) });
  }

  append(task: TaskAddress, event: TaskEventDraft): Promise<AppendOutcome> {
    if (this.#isEnded(task.taskId)) return Promise.resolve({ written: false, reason: 'ended' });
    return Promise.resolve({ written: true, seq: this.write(task.taskId, event) });
  }

  /** Appends an event and wakes the followers. Returns its seq. */
  write(taskId: string, draft: TaskEventDraft): number {
    const { task, events } = this.#log(taskId);
    const seq = events.length + 1;
    const { projectId } = task;
    events.push(taskEventSchema.parse({ ...draft, taskId, projectId, seq, attempt: 1, at: 1_700_000_000_000 + seq }));
    for (const wake of [...this.#wakers]) wake();
    return seq;
  }

  /** The fold of the whole log. */
  snapshot({ taskId }: TaskAddress): Promise<TaskSnapshot> {
    return Promise.resolve(this.snapshotNow(taskId));
  }

  /** The same, without waiting. */
  snapshotNow(taskId: string): TaskSnapshot {
    const { task, events } = this.#log(taskId);
    return { seq: events.length, state: fold(initialTaskState(task), events) };
  }

  expire({ taskId }: TaskAddress): Promise<void> {
    this.expiring.add(taskId);
    return Promise.resolve();
  }

  /** The whole log; empty if there is none. */
  read(taskId: string): readonly TaskEvent[] {
    return this.#logs.get(taskId)?.events ?? [];
  }

  /** Forgets a log, as Redis does that loses everything. */
  drop(taskId: string): void {
    this.#logs.delete(taskId);
  }

  async *follow(task: TaskAddress, from: number | undefined, signal: AbortSignal): AsyncGenerator<TaskMessage> {
    if (this.refusal !== undefined) throw this.refusal;
    let cursor = from;
    if (cursor === undefined) {
      const snapshot = this.snapshotNow(task.taskId);
      cursor = snapshot.seq;
      yield* this.tamper({ type: 'snapshot', ...snapshot });
    }
    while (!signal.aborted) {
      for (const event of this.#log(task.taskId).events.slice(cursor)) {
        cursor = event.seq;
        yield* this.tamper(event);
      }
      if (this.#isEnded(task.taskId)) return;
      await this.#changed(signal);
    }
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wakers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wakers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #isEnded(taskId: string): boolean {
    const last = this.#log(taskId).events.at(-1);
    return last !== undefined && isTerminalEventType(last.type);
  }

  #log(taskId: string) {
    const log = this.#logs.get(taskId);
    if (log === undefined) throw new Error(`no log for task ${taskId}`);
    return log;
  }
}
