export { createEventLog } from './event-log.ts';
export type { AppendOutcome, ClaimOutcome, EventLog, EventLogSettings } from './event-log.ts';
export { AppendRefusedError } from './append-refused-error.ts';
export type { AttemptWriter } from './attempt-writer.ts';
export type { TaskAddress } from './keys.ts';
export type { LoadSnapshot } from './load-head.ts';
