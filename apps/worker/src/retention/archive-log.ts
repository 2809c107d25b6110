import { archiveEvents, archivedThrough } from '@taskwire/db';
import type { EventLogReader, TaskAddress } from '@taskwire/event-log';
import type { TaskEvent } from '@taskwire/protocol';
import type { RetentionDependencies } from './retention-dependencies.ts';

/** Events read and archived at once: bounds the memory and the length of one transaction. */
const PAGE_EVENTS = 500;

interface ArchiveDependencies extends Pick<RetentionDependencies, 'database'> {
  eventLog: EventLogReader;
}

/**
 * Brings what the log has beyond the history into the history. May be repeated, and be done by several at once.
 * @param before is called with each page before it is archived; what it throws ends the archiving.
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
