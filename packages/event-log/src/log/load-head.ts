import { SequenceError, TaskwireError, advance, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';
import type { TaskLog } from './task-log.ts';

/** Where persisted snapshots come from; undefined if there is no such task. */
export type LoadSnapshot = (taskId: string) => Promise<TaskSnapshot | undefined>;

/** Events read at once: bounds the memory of one read. */
export const READ_PAGE = 500;
/** How often a log that is being trimmed or restored at this moment is begun to be read. */
const READ_TRIES = 3;

/**
 * Every event after `afterSeq` that the log has now, a page at a time.
 * @throws SequenceError if the log has a hole there.
 */
async function* readAfter(log: TaskLog, task: TaskAddress, afterSeq: number): AsyncGenerator<TaskEvent[], void> {
  let seq = afterSeq;
  for (;;) {
    const page = await log.read(task, seq, READ_PAGE);
    for (const event of page) {
      if (event.seq !== seq + 1) throw new SequenceError(seq + 1, event.seq);
      seq = event.seq;
    }
    if (page.length > 0) yield page;
    if (page.length < READ_PAGE) return;
  }
}

/**
 * What the events of a task's log are folded onto: the persisted snapshot, or the base of a log that was restored,
 * whichever knows more.
 * @throws TaskwireError NOT_FOUND if there is no such task.
 */
export async function loadBase(log: TaskLog, task: TaskAddress, loadSnapshot: LoadSnapshot): Promise<TaskSnapshot> {
  const [persisted, base] = await Promise.all([loadSnapshot(task.taskId), log.base(task)]);
  if (persisted === undefined) throw new TaskwireError('NOT_FOUND', 'there is no such task among yours');
  return base !== undefined && base.seq > persisted.seq ? base : persisted;
}

/** Fold of the whole log: its base and every event after it. */
export async function loadHead(log: TaskLog, task: TaskAddress, loadSnapshot: LoadSnapshot): Promise<TaskSnapshot> {
  for (let tries = 1; ; tries += 1) {
    try {
      let head = await loadBase(log, task, loadSnapshot);
      for await (const page of readAfter(log, task, head.seq)) head = page.reduce(advance, head);
      return head;
    } catch (error) {
      // Between the base and the log, the log was trimmed below a newer base, or restored onto one.
      if (!(error instanceof SequenceError) || tries === READ_TRIES) throw error;
    }
  }
}
