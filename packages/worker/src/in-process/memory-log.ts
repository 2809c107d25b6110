import { AppendRefusedError } from '@taskwire/event-log';
import {
  advance,
  initialTaskState,
  isTerminalStatus,
  taskEventSchema,
  type TaskEvent,
  type TaskEventDraft,
  type TaskSnapshot,
} from '@taskwire/protocol';
import type { AttemptLog } from '../running/attempt/attempt.ts';

/** Ids of a task. */
export interface TaskIds {
  taskId: string;
  projectId: string;
  kind: string;
}

/** The event log of one task in memory, by the rules of the one in Redis: seqs without holes, one reducer, one attempt. */
export class MemoryLog {
  readonly events: TaskEvent[] = [];
  readonly #ids: Omit<TaskIds, 'kind'>;
  readonly #onEvent: (event: TaskEvent, snapshot: TaskSnapshot) => void;
  #snapshot: TaskSnapshot;
  #attempt = 0;

  constructor(ids: TaskIds, onEvent: (event: TaskEvent, snapshot: TaskSnapshot) => void) {
    this.#ids = { taskId: ids.taskId, projectId: ids.projectId };
    this.#onEvent = onEvent;
    this.#snapshot = { seq: 0, state: initialTaskState(ids) };
  }

  get snapshot(): TaskSnapshot {
    return this.#snapshot;
  }

  get isEnded(): boolean {
    return isTerminalStatus(this.#snapshot.state.status);
  }

  /** Appends an event. @throws AppendRefusedError after the terminal event. */
  append(draft: TaskEventDraft): void {
    if (this.isEnded) throw new AppendRefusedError('ended');
    const seq = this.#snapshot.seq + 1;
    const event = taskEventSchema.parse({ ...draft, ...this.#ids, seq, attempt: this.#attempt, at: Date.now() });
    this.events.push(event);
    this.#snapshot = advance(this.#snapshot, event);
    this.#onEvent(event, this.#snapshot);
  }

  /** Begins the next attempt. Events of earlier attempts are refused from now on. */
  claim(workerId: string): { attempt: number; snapshot: TaskSnapshot; writer: AttemptLog } {
    this.#attempt += 1;
    this.append({ type: 'started', workerId });
    return { attempt: this.#attempt, snapshot: this.#snapshot, writer: this.#writerOf(this.#attempt) };
  }

  #writerOf(attempt: number): AttemptLog {
    let lastSeq = this.#snapshot.seq;
    return {
      append: async (drafts) => {
        if (attempt !== this.#attempt) throw new AppendRefusedError('superseded');
        for (const draft of drafts) this.append(draft);
        lastSeq = this.#snapshot.seq;
        return { canceling: this.#snapshot.state.status === 'canceling' };
      },
      get lastSeq() {
        return lastSeq;
      },
    };
  }
}
