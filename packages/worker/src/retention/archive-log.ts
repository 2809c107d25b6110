import { archiveEvents, archivedThrough } from '@taskwire/db';
import type { EventLogReader, TaskAddress } from '@taskwire/event-log';
import type { TaskEvent } from '@taskwire/protocol';
import type { RetentionDependencies } from './retention-dependencies.ts';

/** Number of events archived at once: bounds the memory and the length of a transaction. */
const PAGE_EVENTS = 500;

interface ArchiveDependencies extends Pick<RetentionDependencies, 'database'> {
  eventLog: EventLogReader;
}

/**
 * Copies the events of a log that are not in the history yet. It may be repeated, and several processes may do it at once.
 * @param before is called with each page before it is archived. Its error ends the archiving.
 */
export async function archiveLog(
  { database, eventLog }: ArchiveDependencies,
  task: TaskAddress,
  before: (page: readonly TaskEvent[]) => void = () => undefined,
): Promise<void> {
  let seq = await archivedThrough(database, task.taskId);
  for (;;) {
    const page = await eventLog.read(task, seq, PAGE_EVENTS);
    if (page.length > 0) {
      before(page);
      await archiveEvents(database, task.taskId, page);
    }
    if (page.length < PAGE_EVENTS) return;
    seq = page.at(-1)?.seq ?? seq;
  }
}
