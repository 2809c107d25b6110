import type { TaskEventDraft } from '@taskwire/protocol';
import type { MemoryLogs } from '@taskwire/router/in-memory';

type Address = Parameters<MemoryLogs['open']>[0];

/** Writes the events of a recording into a log, as a worker does: the log refuses them once its task has ended. */
export class ReplayedTask {
  readonly #logs: MemoryLogs;
  readonly #task: Address;
  /** Whether the recorded task was canceled: then its own events say how it goes on. */
  #isCanceledByRecording = false;

  constructor(logs: MemoryLogs, task: Address) {
    this.#logs = logs;
    this.#task = task;
  }

  /** Writes the next event. If the page has requested a cancel, the task ends instead. */
  write(draft: TaskEventDraft): void {
    if (draft.type === 'queued') return void this.#logs.open(this.#task, draft);
    this.#isCanceledByRecording ||= draft.type === 'canceling';
    const isEndedByPage = this.#isCancelRequested() && !this.#isCanceledByRecording;
    void this.#logs.append(this.#task, isEndedByPage ? { type: 'canceled' } : draft);
  }

  #isCancelRequested(): boolean {
    return this.#logs.eventsOf(this.#task.taskId).some(({ type }) => type === 'canceling');
  }
}
