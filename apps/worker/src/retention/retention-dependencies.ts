import type { ArchivingClient, HistoryReader, SnapshotClient } from '@taskwire/db';
import type { EventLog } from '@taskwire/event-log';
import type { Logger } from 'pino';
import type { RetentionSettings } from './retention-settings.ts';

/** What brings events from Redis to PostgreSQL. */
export interface RetentionDependencies {
  database: ArchivingClient & HistoryReader & SnapshotClient;
  eventLog: Pick<EventLog, 'read' | 'snapshot' | 'inspect' | 'trim' | 'expire' | 'relay'>;
  logger: Logger;
  retention: RetentionSettings;
}
