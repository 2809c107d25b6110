import { SequenceError, TaskwireError, advance, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';
import type { TaskLog } from './task-log.ts';

/** Where persisted snapshots come from; undefined if there is no such task. */
export type LoadSnapshot = (taskId: string) => Promise<TaskSnapshot | undefined>;

/** Events read at once: bounds the memory of one read. */
export const READ_PAGE = 500;

/**
 * Every event after `afterSeq` that the log has now, a page at a time.
 * @throws SequenceError if the log has a hole there.
 */
export async function* readAfter(log: TaskLog, task: TaskAddress, afterSeq: number): AsyncGenerator<TaskEvent[], void> {
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
 * The persisted snapshot of a task.
 * @throws TaskwireError NOT_FOUND if there is no such task.
 */
export async function loadBase(task: TaskAddress, loadSnapshot: LoadSnapshot): Promise<TaskSnapshot> {
  const base = await loadSnapshot(task.taskId);
  if (base !== undefined) return base;
  throw new TaskwireError('NOT_FOUND', 'there is no such task among yours');
}

/** Fold of the whole log: the persisted snapshot and every event after it. */
export async function loadHead(log: TaskLog, task: TaskAddress, loadSnapshot: LoadSnapshot): Promise<TaskSnapshot> {
  let head = await loadBase(task, loadSnapshot);
  for await (const page of readAfter(log, task, head.seq)) head = page.reduce(advance, head);
  return head;
}
