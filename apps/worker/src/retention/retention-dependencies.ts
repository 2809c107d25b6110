import type { ArchivingClient, HistoryReader, SnapshotClient } from '@taskwire/db';
import type { EventLogAdministration, EventLogReader } from '@taskwire/event-log';
import type { Logger } from 'pino';

/** What brings events from Redis to PostgreSQL. */
export interface RetentionDependencies {
  database: ArchivingClient & HistoryReader & SnapshotClient;
  eventLog: EventLogReader & EventLogAdministration;
  logger: Logger;
  retention: RetentionSettings;
}

/** When a running task's state is persisted, and how much of its log stays in Redis. */
export interface RetentionSettings {
  /** New events are persisted after this long (ms) at the latest. */
  snapshotEveryMs: number;
  /** So many new events are persisted at once. */
  snapshotEveryEvents: number;
  /** So many of the latest events stay in Redis although they are persisted: for watchers that come back. */
  logKeptEvents: number;
}

export const DEFAULT_RETENTION: RetentionSettings = {
  snapshotEveryMs: 5_000,
  snapshotEveryEvents: 1_000,
  logKeptEvents: 5_000,
};
