import { ENDED_LOG_KEPT_SECONDS, isTerminalStatus } from '@taskwire/protocol';
import type { Caller, Ports } from '../../context.ts';
import type { AppendOutcome } from '../../ports/task-events.ts';
import type { StoredTask } from '../../ports/task-store.ts';

/**
 * Requests a cancel (MUST 13). It is accepted with the row, which records the request. Watchers see `canceling` at once. A
 * task that still waits ends here; the worker ends a running one. A failure after the row is only reported: a reconciler
 * repeats the request in the log. An ended task does not change.
 * @throws the error of writing the row: then nothing else has been tried.
 */
export async function cancelTask(ports: Ports, caller: Caller, task: StoredTask): Promise<void> {
  if (isTerminalStatus(task.status)) return;
  const { taskId } = task;
  await ports.tasks.markCanceling(taskId);
  try {
    await writeToLog(ports, caller, task);
  } catch (err) {
    ports.faults.report('the log of a canceled task could not be written: a reconciler does it', { taskId, err });
  }
}

async function writeToLog(ports: Ports, caller: Caller, task: StoredTask): Promise<void> {
  const asked = await ports.events.append(task, { type: 'canceling', requestedBy: caller.userId });
  if (!hasEnded(asked)) {
    if (!asked.written || !(await ports.queue.removeWaiting(task.taskId))) return;
    const ended = await ports.events.append(task, {
      type: 'canceled',
      reason: 'canceled before it was started',
    });
    if (!ended.written && !hasEnded(ended)) return;
  }
  // Also if the log had ended before: the writer of its end may have failed to record it.
  const end = await ports.events.snapshot(task);
  if (!isTerminalStatus(end.state.status)) return;
  await ports.tasks.recordEnd(end);
  await ports.events.expire(task, ENDED_LOG_KEPT_SECONDS);
}

function hasEnded(outcome: AppendOutcome): boolean {
  return !outcome.written && outcome.reason === 'ended';
}
