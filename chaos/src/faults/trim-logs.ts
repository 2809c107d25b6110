import type { Database } from '../system/database.ts';
import type { Recorder } from '../truth/recorder.ts';
import { projectLogName, taskLogName } from '../truth/log-names.ts';
import type { Truth } from '../truth/truth.ts';

/**
 * Removes from the logs of a project's tasks all that a persisted snapshot covers, which is what may be removed at any
 * time, and from the project's own log all but its latest events.
 */
export async function trimLogs(
  { database, recorder, truth }: { database: Database; recorder: Recorder; truth: Truth },
  projectId: string,
): Promise<void> {
  for (const { taskId, snapshotSeq } of await database.tasks(projectId)) {
    if (snapshotSeq > 0) await recorder.trim(taskLogName(projectId, taskId), snapshotSeq);
  }
  const topic = truth.log(projectLogName(projectId));
  const keep = topic.seqs.at(-20);
  if (keep !== undefined) await recorder.trim(topic.name, keep - 1);
}
