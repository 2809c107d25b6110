// Task states
export { TASK_STATUSES, TERMINAL_STATUSES, isTerminalStatus, taskStatusSchema } from './state/task-status.ts';
export type { TaskStatus, TerminalStatus } from './state/task-status.ts';

// Events
export {
  STAGE_STATUSES,
  TERMINAL_EVENT_TYPES,
  etaSchema,
  isTerminalEventType,
  logLevelSchema,
  stagePlanSchema,
  stageStatusSchema,
  taskEventSchema,
  taskFailureSchema,
  terminalTypeOf,
} from './events/event.ts';
export type {
  Eta,
  LogLevel,
  StagePlan,
  StageStatus,
  TaskEvent,
  TaskEventDraft,
  TaskEventOf,
  TaskEventType,
  TaskFailure,
  TerminalEventType,
  UnreadableEvent,
} from './events/event.ts';
export { encodeDraft } from './events/event-draft.ts';

// State and snapshots
export { STATE_LOG_LINES, initialTaskState, logLineSchema, stageStateSchema, taskStateSchema } from './state/state.ts';
export type { LogLine, StageState, TaskState } from './state/state.ts';
export {
  gapSchema,
  isTerminalMessage,
  snapshotMessageSchema,
  taskMessageSchema,
  taskSnapshotSchema,
} from './messages/snapshot.ts';
export type {
  Gap,
  SnapshotMessage,
  TaskMessage,
  TaskSnapshot,
  TypedTaskMessage,
  TypedTaskState,
} from './messages/snapshot.ts';

// Reading what another version may have written
export { readEntry, readParsedEntry, storedEntry } from './events/read-entry.ts';
export type { EntryPlace } from './events/read-entry.ts';
export { readState } from './state/read-state.ts';
export { readMessage, readSummaries, readTopicMessage } from './messages/read-message.ts';

// Texts that can be stored
export {
  checkStorable,
  findTextProblem,
  identityProblem,
  textProblem,
  withoutProblems,
} from './texts/storable-text.ts';

// Folding
export { reduce } from './state/reduce.ts';
export { SequenceError, advance, fold, receive } from './state/advance.ts';
export { percentOf } from './state/percent.ts';

// Topics
export {
  summarize,
  taskSummarySchema,
  topicEventSchema,
  topicMessageSchema,
  topicSkippedSchema,
  topicSnapshotSchema,
  topicStateSchema,
} from './messages/topic.ts';
export type {
  TaskSummary,
  TopicEvent,
  TopicMessage,
  TopicSkipped,
  TopicSnapshot,
  TopicState,
} from './messages/topic.ts';

// Merging
export { compact, firstSeq } from './events/compact.ts';

// Cursors
export { formatCursor, parseCursor } from './messages/cursor.ts';

// Retention
export { ENDED_LOG_KEPT_SECONDS } from './events/terminal-event.ts';

// Errors
export { ERROR_CODES, TASK_ERROR_CODES } from './errors/error-code.ts';
export type { ErrorCode, FieldError, TaskErrorCode } from './errors/error-code.ts';
export { TaskwireError } from './errors/taskwire-error.ts';

// Secrets
export { SECRET_REMEDY, weaknessOf } from './texts/secret-strength.ts';
