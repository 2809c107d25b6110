import {
  TERMINAL_STATUSES,
  initialTaskState,
  isTerminalStatus,
  readState,
  type TaskSnapshot,
  type TaskState,
  type TaskStatus,
} from '@taskwire/protocol';
import type { Prisma } from '../generated/client.ts';
import { exactJson, fromExactJson, storableJson, storableText } from '../history/storable-json.ts';

const COLUMNS = {
  projectId: true,
  kind: true,
  priority: true,
  status: true,
  attempt: true,
  percent: true,
  output: true,
  errorCode: true,
  errorMessage: true,
  startedAt: true,
  endedAt: true,
  snapshot: true,
  snapshotSeq: true,
} as const;

/** The columns of a task's row that are read. */
interface SnapshotRow {
  projectId: string;
  kind: string;
  priority: number;
  status: TaskStatus;
  attempt: number;
  percent: number;
  output: unknown;
  errorCode: string | null;
  errorMessage: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  snapshot: unknown;
  snapshotSeq: bigint;
}

/** The part of a client that reads and writes snapshots. Stated structurally, so that an extended client fits too. */
export interface SnapshotClient {
  readonly task: {
    findUnique(query: { where: { id: string }; select: typeof COLUMNS }): PromiseLike<SnapshotRow | null>;
    updateMany(query: { where: Prisma.TaskWhereInput; data: Prisma.TaskUpdateManyMutationInput }): PromiseLike<unknown>;
  };
}

/**
 * The state in a task's row, onto which the event log folds its events. Before the first snapshot, it is the state
 * before the first event. Undefined if the task does not exist. If another version wrote parts of the state that this
 * version cannot read, the row's columns replace them.
 */
export async function loadTaskSnapshot(database: SnapshotClient, taskId: string): Promise<TaskSnapshot | undefined> {
  const row = await database.task.findUnique({ where: { id: taskId }, select: COLUMNS });
  if (row === null) return undefined;
  if (row.snapshot === null) return { seq: 0, state: initialTaskState({ taskId, ...row }) };
  const state = readState(fromExactJson(row.snapshot), stateOfColumns(taskId, row));
  const { status } = row;
  const isKnownBetter = state.incomplete === true && isTerminalStatus(status);
  return { seq: Number(row.snapshotSeq), state: isKnownBetter ? { ...state, status } : state };
}

function stateOfColumns(taskId: string, row: SnapshotRow): TaskState {
  const { priority, status, attempt, percent, output, errorCode, errorMessage, startedAt, endedAt } = row;
  return {
    ...initialTaskState({ taskId, ...row }),
    priority,
    status,
    attempt,
    percent,
    ...(output === null ? {} : { output }),
    ...(errorCode === null ? {} : { error: { code: errorCode, message: errorMessage ?? '' } }),
    ...(startedAt === null ? {} : { startedAt: startedAt.getTime() }),
    ...(endedAt === null ? {} : { endedAt: endedAt.getTime() }),
  };
}

/**
 * Writes the state of a running task. Its log may then be trimmed up to this state (MUST 6). May be repeated: an older
 * state never replaces a newer one, nor the state of an ended task.
 */
export async function saveTaskSnapshot(database: SnapshotClient, snapshot: TaskSnapshot): Promise<void> {
  const { seq, state } = snapshot;
  if (isTerminalStatus(state.status)) return recordTaskEnd(database, snapshot);
  const running = { id: state.taskId, status: { notIn: [...TERMINAL_STATUSES] } };
  await database.task.updateMany({
    where: { ...running, snapshotSeq: { lt: seq } },
    data: { snapshot: exactJson(state), snapshotSeq: seq },
  });
  await database.task.updateMany({
    where: { ...running, percent: { lt: state.percent } },
    data: { percent: state.percent },
  });
}

/**
 * Writes a task's end from its log. May be repeated: an ended task's log does not change, and an older state never
 * replaces a newer one.
 */
export async function recordTaskEnd(database: SnapshotClient, { seq, state }: TaskSnapshot): Promise<void> {
  await database.task.updateMany({
    where: { id: state.taskId, snapshotSeq: { lte: seq } },
    data: {
      status: state.status,
      attempt: state.attempt,
      percent: state.percent,
      ...(state.output === undefined ? {} : { output: storableJson(state.output) }),
      errorCode: state.error?.code ?? null,
      errorMessage: state.error === undefined ? null : storableText(state.error.message),
      snapshot: exactJson(state),
      snapshotSeq: seq,
      endedAt: new Date(state.endedAt ?? Date.now()),
    },
  });
}
