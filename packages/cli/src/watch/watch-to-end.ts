import type { TaskMessage } from '@taskwire/client';
import { terminalTypeOf } from '@taskwire/protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_STATUS, type ExitStatus } from '../surroundings.ts';
import type { Output } from '../output/output.ts';
import { messageWords } from './message-words.ts';
import { showTask } from './show-task.ts';

/**
 * Watches a task until it ends, or until Ctrl-C. Lost connections reconnect by themselves.
 * @returns the exit status for the task's end.
 */
export async function watchToEnd(
  { client, output, surroundings }: CommandContext,
  taskId: string,
  lastEventId?: string,
): Promise<ExitStatus> {
  const interrupted = new AbortController();
  const forget = surroundings.onInterrupt(() => interrupted.abort());
  const { signal } = interrupted;
  const { last, hasBars } = await showTask({ client, output }, { taskId, lastEventId, signal }).finally(forget);
  if (signal.aborted) return detached(output, taskId, last);
  if (hasBars && last !== undefined && last.type !== 'snapshot') output.result(last, messageWords(last));
  return exitStatusOf(last);
}

function detached(output: Output, taskId: string, last: TaskMessage | undefined): ExitStatus {
  const from = last === undefined ? '' : ` --last-event-id ${last.seq}`;
  output.remark(`detached: the task goes on; watch it again with: taskwire watch ${taskId}${from}`);
  return EXIT_STATUS.interrupted;
}

function exitStatusOf(last: TaskMessage | undefined): ExitStatus {
  if (last === undefined) return EXIT_STATUS.error;
  switch (last.type === 'snapshot' ? last.state.status : terminalTypeOf(last)) {
    case 'done':
      return EXIT_STATUS.done;
    case 'canceled':
      return EXIT_STATUS.canceled;
    default:
      return EXIT_STATUS.error;
  }
}
