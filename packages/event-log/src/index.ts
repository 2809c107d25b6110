export { createEventLog } from './event-log.ts';
export type { EventLog, EventLogSettings, EventLogStatistics } from './event-log.ts';

// The roles: a user of the log depends on those that it needs
export type { EventLogAdministration } from './roles/administration.ts';
export type { EventLogReader } from './roles/reader.ts';
export type { EventLogWatcher } from './roles/watcher.ts';
export type { AppendOutcome, ClaimOutcome, EventLogWriter } from './roles/writer.ts';
export type { EventLogCancels } from './watching/cancel-channel.ts';

// Their parameters and results
export { AppendRefusedError } from './log/append-refused-error.ts';
export type { AttemptWriter } from './log/attempt-writer.ts';
export type { TaskAddress, TopicAddress } from './log/keys.ts';
export type { LoadSnapshot } from './log/load-head.ts';
export type { RelayRoute } from './topics/relay.ts';
export { eventsLost } from './log/restore-log.ts';
export type { RestoreRequest } from './log/restore-log.ts';
export { hasHole } from './log/task-log.ts';
export type { LogStatus } from './log/task-log.ts';
export type { TopicFilter } from './topics/topic-filter.ts';
export { positionAt } from './watching/watcher.ts';
export type { Position, Select, Selected, Step, Watcher, Watching } from './watching/watcher.ts';

// Reaching Redis
export { redisFault } from './connection/redis-fault.ts';
export { RedisProbe } from './connection/redis-probe.ts';
export { REDIS_RIGHTS } from './connection/redis-rights.ts';
export { REDIS_URL_FORM, isRedisUrl } from './connection/redis-url.ts';
