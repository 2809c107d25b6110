import { isTerminalStatus } from '@taskwire/protocol';
import type { Ports } from '../context.ts';
import type { StoredTask } from '../ports/task-store.ts';

/**
 * Whether a task has ended. Its log knows that before its row does; then this writes the end to the row, because a
 * watcher that saw the end may act on it at once.
 */
export async function hasSettledEnd(ports: Pick<Ports, 'events' | 'tasks'>, task: StoredTask): Promise<boolean> {
  if (isTerminalStatus(task.status)) return true;
  const snapshot = await ports.events.snapshot(task);
  if (!isTerminalStatus(snapshot.state.status)) return false;
  await ports.tasks.recordEnd(snapshot);
  return true;
}
