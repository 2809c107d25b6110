import { isTerminalStatus } from '@taskwire/protocol';
import type { Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';

/**
 * Whether a task has ended. The log has the end before the row. In that case this writes the end to the row, because a
 * watcher that saw the end may act on it at once.
 */
export async function hasSettledEnd(ports: Pick<Ports, 'events' | 'tasks'>, task: StoredTask): Promise<boolean> {
  if (isTerminalStatus(task.status)) return true;
  const snapshot = await ports.events.snapshot(task);
  if (!isTerminalStatus(snapshot.state.status)) return false;
  await ports.tasks.recordEnd(snapshot);
  return true;
}

/** Whether a cursor is the end of an ended task: nothing comes after it. */
export async function isSeenEnd({ events }: Pick<Ports, 'events'>, task: StoredTask, cursor: number): Promise<boolean> {
  // The log of a running task is not folded to learn this: its row says soon that it has ended.
  if (!isTerminalStatus(task.status)) return false;
  const { seq, state } = await events.snapshot(task);
  return seq === cursor && isTerminalStatus(state.status);
}
