import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { Prisma } from '../generated/client.ts';

/** The part of a client that marks tasks, in few enough words that an extended client has it too. */
interface TaskTable {
  readonly task: {
    updateMany(query: { where: Prisma.TaskWhereInput; data: Prisma.TaskUpdateManyMutationInput }): PromiseLike<unknown>;
  };
}

/** Says that nothing is left to do for an ended task: its row and its history are complete. May be repeated. */
export async function markArchived(database: TaskTable, taskId: string): Promise<void> {
  await database.task.updateMany({
    where: { id: taskId, status: { in: [...TERMINAL_STATUSES] }, archivedAt: null },
    data: { archivedAt: new Date() },
  });
}
