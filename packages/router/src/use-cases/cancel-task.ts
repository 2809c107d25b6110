import { ENDED_LOG_KEPT_SECONDS, isTerminalStatus } from '@taskwire/protocol';
import type { Caller, Ports } from '../context.ts';
import type { AppendOutcome } from '../ports/task-events.ts';
import type { StoredTask } from '../ports/task-store.ts';

/**
 * Asks for a cancel (MUST 13): watchers see `canceling` at once. A task that still waits ends here; a running one is
 * ended by its worker. A task that has ended stays as it is. Where Redis has lost the log, the row says that a cancel
 * was asked for, and whoever restores the log ends it.
 */
export async function cancelTask(ports: Ports, caller: Caller, task: StoredTask): Promise<void> {
  if (isTerminalStatus(task.status)) return;
  const asked = await ports.events.append(task, { type: 'canceling', requestedBy: caller.userId });
  if (!hasEnded(asked)) {
    await ports.tasks.markCanceling(task.taskId);
    if (!asked.written || !(await ports.queue.removeWaiting(task.taskId))) return;
    const ended = await ports.events.append(task, {
      type: 'canceled',
      reason: 'canceled before it was started',
    });
    if (!ended.written && !hasEnded(ended)) return;
  }
  // Also where the log has ended already: whoever ended it may have failed to record that.
  const end = await ports.events.snapshot(task);
  if (!isTerminalStatus(end.state.status)) return;
  await ports.tasks.recordEnd(end);
  await ports.events.expire(task, ENDED_LOG_KEPT_SECONDS);
}

function hasEnded(outcome: AppendOutcome): boolean {
  return !outcome.written && outcome.reason === 'ended';
}
