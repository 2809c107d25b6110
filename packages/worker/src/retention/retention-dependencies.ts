import type { ArchivingClient, HistoryReader, SnapshotClient } from '@taskwire/db';
import type { EventLogAdministration, EventLogReader } from '@taskwire/event-log';
import type { Logger } from 'pino';

/** Dependencies of moving events from Redis to PostgreSQL. */
export interface RetentionDependencies {
  database: ArchivingClient & HistoryReader & SnapshotClient;
  eventLog: EventLogReader & EventLogAdministration;
  logger: Logger;
  retention: RetentionSettings;
}

/** Times at which a running task's state is persisted, and the part of its log that stays in Redis. */
export interface RetentionSettings {
  /** Longest time (ms) until new events are persisted. */
  snapshotEveryMs: number;
  /** Number of new events that are persisted without waiting for that time. */
  snapshotEveryEvents: number;
  /** Number of the latest events that stay in Redis after they are persisted, for watchers that come back. */
  logKeptEvents: number;
}

export const DEFAULT_RETENTION: RetentionSettings = {
  snapshotEveryMs: 5_000,
  snapshotEveryEvents: 1_000,
  logKeptEvents: 5_000,
};
