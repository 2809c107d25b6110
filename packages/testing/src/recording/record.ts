import type { TaskwireCalls } from '@taskwire/client';
import { taskEventSchema } from '@taskwire/protocol';
import type { Recording } from './recording.ts';

/** The part of a client that recording uses. */
export type RecordingClient = Pick<TaskwireCalls, 'watchTask' | 'tasks'>;

/**
 * Records a real task: waits for its end, then takes its whole history. Inputs are not recorded; outputs, logs and channels
 * are, so look at a recording before you commit it.
 * @returns a value for `JSON.stringify`, and for `server.replay`.
 * @throws TaskwireClientError if the task cannot be read; Error if none of its events is kept any more.
 */
export async function record(client: RecordingClient, taskId: string): Promise<Recording> {
  await ended(client, taskId);
  const events: Recording['events'] = [];
  let before: number | undefined;
  let kind: string | undefined;
  for await (const read of client.tasks.history(taskId)) {
    const event = taskEventSchema.parse(read);
    if (event.type === 'queued') kind = event.kind;
    const at = event.at ?? before ?? 0;
    events.push({ afterMs: Math.max(0, at - (before ?? at)), event });
    before = at;
  }
  if (kind === undefined) throw new Error(`the beginning of the task ${taskId} is no longer kept: record a newer task`);
  return { version: 1, kind, events };
}

async function ended(client: RecordingClient, taskId: string): Promise<void> {
  const watch = client.watchTask(taskId)[Symbol.asyncIterator]();
  while ((await watch.next()).done !== true);
}
