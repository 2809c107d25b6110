import { initialTaskState, taskStateSchema, type TaskSnapshot } from '@taskwire/protocol';
import type { Prisma } from './generated/client.ts';
import { storableJson, storableText } from './storable-json.ts';

/** The part of a client that reads and writes snapshots, in few enough words that an extended client has it too. */
interface TaskTable {
  readonly task: {
    findUnique(query: {
      where: { id: string };
      select: { projectId: true; kind: true; snapshot: true; snapshotSeq: true };
    }): PromiseLike<{ projectId: string; kind: string; snapshot: unknown; snapshotSeq: number } | null>;
    updateMany(query: { where: Prisma.TaskWhereInput; data: Prisma.TaskUpdateManyMutationInput }): PromiseLike<unknown>;
  };
}

/**
 * The state that a task's row holds: what the event log folds its events onto. Before the first snapshot is written it
 * is the state before the first event; undefined if there is no such task.
 */
export async function loadTaskSnapshot(database: TaskTable, taskId: string): Promise<TaskSnapshot | undefined> {
  const row = await database.task.findUnique({
    where: { id: taskId },
    select: { projectId: true, kind: true, snapshot: true, snapshotSeq: true },
  });
  if (row === null) return undefined;
  const { projectId, kind, snapshot, snapshotSeq } = row;
  if (snapshot === null) return { seq: 0, state: initialTaskState({ taskId, projectId, kind }) };
  return { seq: snapshotSeq, state: taskStateSchema.parse(snapshot) };
}

/**
 * Writes a task's end as its log tells it. May be repeated: the log of an ended task does not change, and an older
 * state never replaces a newer one.
 */
export async function recordTaskEnd(database: TaskTable, { seq, state }: TaskSnapshot): Promise<void> {
  await database.task.updateMany({
    where: { id: state.taskId, snapshotSeq: { lt: seq } },
    data: {
      status: state.status,
      attempt: state.attempt,
      percent: state.percent,
      ...(state.output === undefined ? {} : { output: storableJson(state.output) }),
      errorCode: state.error?.code ?? null,
      errorMessage: state.error === undefined ? null : storableText(state.error.message),
      snapshot: storableJson(state),
      snapshotSeq: seq,
      endedAt: new Date(state.endedAt ?? Date.now()),
    },
  });
}
