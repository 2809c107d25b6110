import type { SelectedMessage, TaskwireCalls } from '@taskwire/client';
import type { Output } from '../output/output.ts';
import { createBarProgress } from './bar-progress.ts';
import { connectionRemarks } from './message-words.ts';
import { createLineProgress } from './task-progress.ts';

/** A task to show, from its start or from a message on. */
export interface ShownTask {
  taskId: string;
  lastEventId?: string | undefined;
  /** Ends the watch without an error. */
  signal?: AbortSignal | undefined;
}

/** The last message that was shown, and whether bars were drawn in place of lines. */
export interface ShownEnd {
  last: SelectedMessage<undefined> | undefined;
  hasBars: boolean;
}

/** Shows a task's messages until it ends: bars on a terminal, lines elsewhere. Lost connections reconnect by themselves. */
export async function showTask(
  { client, output }: { client: TaskwireCalls; output: Output },
  { taskId, lastEventId, signal }: ShownTask,
): Promise<ShownEnd> {
  const hasBars = output.stdout.isTTY === true && !output.json && lastEventId === undefined;
  const progress = hasBars ? createBarProgress(output) : createLineProgress(output);
  let last: SelectedMessage<undefined> | undefined;
  try {
    const onConnectionChange = connectionRemarks((words) => progress.remark(words));
    for await (const message of client.watchTask(taskId, { lastEventId, signal, onConnectionChange })) {
      progress.show(message);
      last = message;
    }
  } finally {
    progress.close();
  }
  return { last, hasBars };
}
