import { connectionFailure } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Address of a task that cannot exist. */
const NO_TASK: TaskAddress = { taskId: NO_ID, projectId: NO_ID, ownerId: NO_ID };

/**
 * Separates the failure of a single task from an outage. The error alone does not say whether Redis is away, so Redis is
 * asked about a task that does not exist.
 * @throws if PostgreSQL or Redis is away, or if Redis refuses that question.
 */
export async function throwIfAway(
  { eventLog, queue }: Pick<ReconcilerDependencies, 'eventLog' | 'queue'>,
  error: unknown,
): Promise<void> {
  if (connectionFailure(error) !== undefined) throw error;
  await Promise.all([eventLog.inspect(NO_TASK), queue.missing([NO_TASK.taskId])]);
}
