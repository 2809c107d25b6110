import { initialTaskState, taskStateSchema, type TaskSnapshot } from '@taskwire/protocol';
import type { ApiDatabase } from './api-database.ts';

/** Reads a task's persisted state for the event log: the last snapshot written, or the state before the first event. */
export function createSnapshotLoader(database: ApiDatabase): (taskId: string) => Promise<TaskSnapshot | undefined> {
  return async (taskId) => {
    const row = await database.task.findUnique({
      where: { id: taskId },
      select: { projectId: true, kind: true, snapshot: true, snapshotSeq: true },
    });
    if (row === null) return undefined;
    const { projectId, kind, snapshot, snapshotSeq } = row;
    if (snapshot === null) return { seq: 0, state: initialTaskState({ taskId, projectId, kind }) };
    return { seq: snapshotSeq, state: taskStateSchema.parse(snapshot) };
  };
}
