import { summarize, type ChangeSignal, type TaskEvent, type TaskSummary, type TopicMessage } from '@taskwire/protocol';
import type { TopicFilter } from '../ports/task-events.ts';

/** Topics do not begin at 1. */
const FIRST_SEQ = 1_000;

interface Passed {
  messages: TopicMessage[];
  cursor: number;
}

/** A topic in memory that keeps every event. */
export class MemoryTopic {
  readonly #changes: ChangeSignal;
  readonly #events: { seq: number; event: TaskEvent }[] = [];
  readonly #tasks = new Map<string, TaskSummary>();

  constructor(changes: ChangeSignal) {
    this.#changes = changes;
  }

  add(event: TaskEvent): void {
    this.#events.push({ seq: this.#seq + 1, event });
    const summary = summarize(this.#tasks.get(event.taskId), event);
    if (summary === undefined) this.#tasks.delete(event.taskId);
    else this.#tasks.set(event.taskId, summary);
  }

  async *follow(
    from: { cursor: number | undefined; filter?: TopicFilter },
    signal: AbortSignal,
  ): AsyncGenerator<TopicMessage, void, undefined> {
    let cursor = from.cursor;
    if (cursor === undefined || cursor < FIRST_SEQ || cursor > this.#seq) {
      const gap = cursor === undefined ? {} : { gap: { from: cursor + 1, to: Math.max(cursor + 1, this.#seq) } };
      cursor = this.#seq;
      yield { type: 'snapshot', seq: cursor, state: { tasks: [...this.#tasks.values()] }, ...gap };
    }
    while (!signal.aborted) {
      const { version } = this.#changes;
      const passed = this.#after(cursor, from.filter);
      cursor = passed.cursor;
      yield* passed.messages;
      if (cursor === this.#seq) await this.#changes.changed(version, signal);
    }
  }

  get #seq(): number {
    return FIRST_SEQ + this.#events.length;
  }

  #after(cursor: number, filter: TopicFilter | undefined): Passed {
    const messages: TopicMessage[] = [];
    let known = cursor;
    for (const { seq, event } of this.#events) {
      if (seq <= cursor || !matches(event, filter)) continue;
      messages.push({ type: 'event', seq, event, ...(seq === known + 1 ? {} : { fromSeq: known + 1 }) });
      known = seq;
    }
    if (known < this.#seq) messages.push({ type: 'skipped', seq: this.#seq, fromSeq: known + 1 });
    return { messages, cursor: this.#seq };
  }
}

function matches(event: TaskEvent, { stages, types }: TopicFilter = {}): boolean {
  const stage = 'stage' in event ? event.stage : undefined;
  if (types !== undefined && !types.includes(event.type)) return false;
  return stages === undefined || (stage !== undefined && stages.includes(stage));
}
