import type { ArchivingClient, HistoryReader, SnapshotClient } from '@taskwire/db';
import type { EventLogAdministration, EventLogReader } from '@taskwire/event-log';
import type { Logger } from 'pino';
import type { RetentionSettings } from './retention-settings.ts';

/** What brings events from Redis to PostgreSQL. */
export interface RetentionDependencies {
  database: ArchivingClient & HistoryReader & SnapshotClient;
  eventLog: EventLogReader & EventLogAdministration;
  logger: Logger;
  retention: RetentionSettings;
}
