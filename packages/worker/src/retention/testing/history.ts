import { loadHistory } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { firstSeq, fold, initialTaskState, type TaskEvent } from '@taskwire/protocol';
import { expect } from 'vitest';
import { readRow, type TestBackend } from '../../testing/test-backend.ts';

export function readHistory({ database }: TestBackend, { taskId }: TaskAddress): Promise<TaskEvent[]> {
  return loadHistory(database, taskId, { afterSeq: 0, limit: 100_000 });
}

/** Every seq from 1 to `seq` is in the history exactly once, as an event or in a merged one's range. */
export function expectEveryEvent(history: readonly TaskEvent[], seq: number): void {
  let next = 1;
  for (const event of history) {
    expect(firstSeq(event)).toBe(next);
    next = event.seq + 1;
  }
  expect(next - 1).toBe(seq);
}

/** Nothing is left to do for an ended task: row, history and Redis. */
export async function expectSettled(backend: TestBackend, task: TaskAddress, status: string): Promise<void> {
  const row = await readRow(backend, task);
  expect(row).toMatchObject({ status, archivedAt: expect.any(Date) });
  const history = await readHistory(backend, task);
  expectEveryEvent(history, Number(row.snapshotSeq));
  const { taskId, projectId } = task;
  expect(row.snapshot).toEqual(fold(initialTaskState({ taskId, projectId, kind: row.kind }), history));
}
