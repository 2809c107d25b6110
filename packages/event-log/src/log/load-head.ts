import {
  SequenceError,
  TaskwireError,
  advance,
  readState,
  reduce,
  type TaskEvent,
  type TaskSnapshot,
} from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';
import type { TaskLog } from './task-log.ts';

/** Loads the persisted snapshot of a task; undefined if there is no such task. */
export type LoadSnapshot = (taskId: string) => Promise<TaskSnapshot | undefined>;

/** Most events of one read: bounds its memory. */
export const READ_PAGE = 500;
/** Most tries to fold a log that is being trimmed or restored at the same time. */
const READ_TRIES = 3;

type Step = (head: TaskSnapshot, event: TaskEvent) => TaskSnapshot;

/** The fold of all events of the log onto `base`, read a page at a time. */
async function foldOnto(base: TaskSnapshot, read: (afterSeq: number) => Promise<TaskEvent[]>, step: Step) {
  let head = base;
  for (;;) {
    const page = await read(head.seq);
    head = page.reduce(step, head);
    if (page.length < READ_PAGE) return head;
  }
}

/** The next state, even if events before `event` are missing. */
function leap({ state }: TaskSnapshot, event: TaskEvent): TaskSnapshot {
  return { seq: event.seq, state: reduce(state, event) };
}

/**
 * The snapshot onto which the events of a log are folded: the persisted one, or the base of a restored log if that is
 * later.
 * @throws TaskwireError NOT_FOUND if there is no such task.
 */
export async function loadBase(log: TaskLog, task: TaskAddress, loadSnapshot: LoadSnapshot): Promise<TaskSnapshot> {
  const [persisted, base] = await Promise.all([loadSnapshot(task.taskId), log.base(task)]);
  if (persisted === undefined) throw new TaskwireError('NOT_FOUND', 'there is no such task among yours');
  if (base === undefined || base.seq <= persisted.seq) return persisted;
  return { seq: base.seq, state: readState(base.state, persisted.state) };
}

/**
 * Fold of the whole log: its base and every event after it. If Redis has lost events in between, the fold of the
 * remaining ones.
 */
export async function loadHead(log: TaskLog, task: TaskAddress, loadSnapshot: LoadSnapshot): Promise<TaskSnapshot> {
  const read = (afterSeq: number) => log.read(task, afterSeq, READ_PAGE);
  for (let tries = 1; ; tries += 1) {
    const base = await loadBase(log, task, loadSnapshot);
    if (tries === READ_TRIES) return foldOnto(base, read, leap);
    try {
      return await foldOnto(base, read, advance);
    } catch (error) {
      // After the base was loaded, the log was trimmed below a newer base or restored onto one; or events are lost.
      if (!(error instanceof SequenceError)) throw error;
    }
  }
}
