import { ENDED_LOG_KEPT_SECONDS, isTerminalStatus } from '@taskwire/protocol';
import type { Caller, Ports } from '../context.ts';
import type { StoredTask } from '../ports/task-store.ts';

/**
 * Asks for a cancel (MUST 13): watchers see `canceling` at once. A task that still waits ends here; a running one is
 * ended by its worker. A task that has ended stays as it is.
 */
export async function cancelTask(ports: Ports, caller: Caller, task: StoredTask): Promise<void> {
  if (isTerminalStatus(task.status)) return;
  const address = { taskId: task.taskId, projectId: task.projectId };
  const asked = await ports.events.append(address, { type: 'canceling', requestedBy: caller.userId });
  if (asked.written) {
    await ports.tasks.markCanceling(task.taskId);
    if (!(await ports.queue.removeWaiting(task.taskId))) return;
    await ports.events.append(address, { type: 'canceled', reason: 'canceled before it was started' });
  }
  // Also where the log has ended already: whoever ended it may have failed to record that.
  await ports.tasks.recordEnd(await ports.events.snapshot(address));
  await ports.events.expire(address, ENDED_LOG_KEPT_SECONDS);
}
