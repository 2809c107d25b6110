import {
  ChangeSignal,
  fold,
  initialTaskState,
  isTerminalMessage,
  taskEventSchema,
  type TaskEvent,
  type TaskEventDraft,
  type TaskMessage,
  type TaskSnapshot,
  type TopicMessage,
} from '@taskwire/protocol';
import type { AppendOutcome, TaskAddress, TaskEvents, TopicAddress, TopicFilter } from '../ports/task-events.ts';
import { MemoryTopic } from './memory-topic.ts';

/** The messages that a follower gets in place of one: none, the same twice, another. */
export type Tamper = (message: TaskMessage) => TaskMessage[];
/** The same for a topic's follower. */
export type TamperTopic = (message: TopicMessage) => TopicMessage[];

/** Event logs in memory that follow the rules, unless a test changes them. */
export class MemoryLogs implements TaskEvents {
  /** Set by a test: changes the messages of followers, and not the log. */
  tamper: Tamper = (message) => [message];
  /** Set by a test: changes the messages of followers of topics. */
  tamperTopic: TamperTopic = (message) => [message];
  /** Set by a test: the error with which every follower is refused. */
  refusal: Error | undefined;
  /** The tasks whose logs expire. */
  readonly expiring = new Set<string>();
  readonly #logs = new Map<string, { task: TaskAddress & { kind: string }; events: TaskEvent[] }>();
  readonly #topics = new Map<string, MemoryTopic>();
  readonly #changes = new ChangeSignal();

  open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome> {
    if (this.#logs.has(task.taskId)) return Promise.resolve({ written: false, reason: 'not-empty' });
    const { taskId, projectId, ownerId } = task;
    this.#logs.set(taskId, { task: { taskId, projectId, ownerId, kind: event.kind }, events: [] });
    return Promise.resolve({ written: true, seq: this.write(taskId, event) });
  }

  append(task: TaskAddress, event: TaskEventDraft): Promise<AppendOutcome> {
    if (!this.#logs.has(task.taskId)) return Promise.resolve({ written: false, reason: 'lost' });
    if (this.#isEnded(task.taskId)) return Promise.resolve({ written: false, reason: 'ended' });
    return Promise.resolve({ written: true, seq: this.write(task.taskId, event) });
  }

  /** Appends an event and wakes the followers. Returns its seq. */
  write(taskId: string, draft: TaskEventDraft): number {
    const { task, events } = this.#log(taskId);
    const seq = events.length + 1;
    const { projectId, ownerId } = task;
    const at = 1_700_000_000_000 + seq;
    const attempt = attemptOf(events, draft);
    const event = taskEventSchema.parse({ ...draft, taskId, projectId, seq, attempt, at });
    events.push(event);
    this.#topic({ projectId }).add(event);
    this.#topic({ ownerId }).add(event);
    this.#changes.emit();
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

  remove({ taskId }: TaskAddress): Promise<void> {
    this.drop(taskId);
    return Promise.resolve();
  }

  removeProject({ projectId }: { projectId: string }): Promise<void> {
    this.#topics.delete(`project ${projectId}`);
    return Promise.resolve();
  }

  read({ taskId }: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]> {
    return Promise.resolve(
      this.eventsOf(taskId)
        .filter(({ seq }) => seq > afterSeq)
        .slice(0, limit),
    );
  }

  /** The whole log; empty if there is none. */
  eventsOf(taskId: string): readonly TaskEvent[] {
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
      const { version } = this.#changes;
      for (const event of this.#log(task.taskId).events.slice(cursor)) {
        cursor = event.seq;
        yield* this.tamper(event);
      }
      if (this.#isEnded(task.taskId)) return;
      await this.#changes.changed(version, signal);
    }
  }

  async poll(
    task: TaskAddress,
    cursor: number | undefined,
    { waitMs, signal }: { waitMs: number; signal: AbortSignal },
  ): Promise<TaskMessage[]> {
    if (cursor === undefined) return [{ type: 'snapshot', ...this.snapshotNow(task.taskId) }];
    const over = new AbortController();
    const end = () => over.abort();
    const timer = setTimeout(end, waitMs);
    signal.addEventListener('abort', end, { once: true });
    try {
      for (;;) {
        const { version } = this.#changes;
        const events = await this.read(task, cursor, 1_000);
        if (events.length > 0 || this.#isEnded(task.taskId) || over.signal.aborted || waitMs === 0) return events;
        await this.#changes.changed(version, over.signal);
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }

  async *followTopic(
    topic: TopicAddress,
    from: { cursor: number | undefined; filter?: TopicFilter },
    signal: AbortSignal,
  ): AsyncGenerator<TopicMessage, void, undefined> {
    if (this.refusal !== undefined) throw this.refusal;
    for await (const message of this.#topic(topic).follow(from, signal)) yield* this.tamperTopic(message);
  }

  #topic(address: TopicAddress): MemoryTopic {
    const key = address.projectId === undefined ? `owner ${address.ownerId}` : `project ${address.projectId}`;
    const topic = this.#topics.get(key) ?? new MemoryTopic(this.#changes);
    this.#topics.set(key, topic);
    return topic;
  }

  #isEnded(taskId: string): boolean {
    const last = this.#log(taskId).events.at(-1);
    return last !== undefined && isTerminalMessage(last);
  }

  #log(taskId: string) {
    const log = this.#logs.get(taskId);
    if (log === undefined) throw new Error(`no log for task ${taskId}`);
    return log;
  }
}

/** Number of the attempt that writes an event, from 1: each `started` but the first begins another. */
function attemptOf(events: readonly TaskEvent[], { type }: TaskEventDraft): number {
  const last = events.at(-1)?.attempt ?? 1;
  return type === 'started' && events.some((event) => event.type === 'started') ? last + 1 : last;
}
