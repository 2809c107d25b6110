import { isTerminalStatus } from '@taskwire/protocol';
import { requireOwned, type StoredTask } from '@taskwire/router';
import * as z from 'zod';
import type { EventStreamDependencies, FindWatch } from './answer-stream.ts';

/** The same messages in the same order as `task.onProgress`, for the task in the address. */
export function taskProgress({ ports }: EventStreamDependencies): FindWatch {
  return async (request, { caller, cursor }) => {
    const taskId = z.uuid().safeParse(request.params['taskId']).data;
    const task = requireOwned(caller, taskId === undefined ? undefined : await ports.tasks.find(taskId), 'task');
    if (cursor !== undefined && (await hasSeenAll(ports, task, cursor))) return undefined;
    return { task, cursor };
  };
}

async function hasSeenAll(
  { events }: EventStreamDependencies['ports'],
  task: StoredTask,
  cursor: number,
): Promise<boolean> {
  if (!isTerminalStatus(task.status)) return false;
  const last = await events.snapshot(task);
  return isTerminalStatus(last.state.status) && cursor === last.seq;
}
