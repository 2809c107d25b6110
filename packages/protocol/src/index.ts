// Task states
export { TASK_STATUSES, TERMINAL_STATUSES, isTerminalStatus, taskStatusSchema } from './task-status.ts';
export type { TaskStatus, TerminalStatus } from './task-status.ts';

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
} from './event.ts';
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
} from './event.ts';
export { encodeDraft } from './event-draft.ts';

// State and snapshots
export { STATE_LOG_LINES, initialTaskState, logLineSchema, stageStateSchema, taskStateSchema } from './state.ts';
export type { LogLine, StageState, TaskState } from './state.ts';
export {
  gapSchema,
  isTerminalMessage,
  snapshotMessageSchema,
  taskMessageSchema,
  taskSnapshotSchema,
} from './snapshot.ts';
export type { Gap, SnapshotMessage, TaskMessage, TaskSnapshot, TypedTaskMessage, TypedTaskState } from './snapshot.ts';

// Reading what another version may have written
export { readEntry, readParsedEntry, storedEntry } from './unreadable.ts';
export type { EntryPlace } from './unreadable.ts';
export { readState } from './read-state.ts';
export { readMessage, readSummaries, readTopicMessage } from './read-message.ts';

// Texts that can be stored
export { checkStorable, findTextProblem, identityProblem, textProblem, withoutProblems } from './storable-text.ts';

// Folding
export { reduce } from './reduce.ts';
export { SequenceError, advance, fold, receive } from './advance.ts';
export { percentOf } from './percent.ts';

// Topics
export {
  summarize,
  taskSummarySchema,
  topicEventSchema,
  topicMessageSchema,
  topicSkippedSchema,
  topicSnapshotSchema,
  topicStateSchema,
} from './topic.ts';
export type { TaskSummary, TopicEvent, TopicMessage, TopicSkipped, TopicSnapshot, TopicState } from './topic.ts';

// Merging
export { compact, firstSeq } from './compact.ts';

// Cursors
export { formatCursor, parseCursor } from './cursor.ts';

// Retention
export { ENDED_LOG_KEPT_SECONDS } from './retention.ts';

// Errors
export { ERROR_CODES, TASK_ERROR_CODES } from './error-code.ts';
export type { ErrorCode, FieldError, TaskErrorCode } from './error-code.ts';
export { TaskwireError } from './taskwire-error.ts';

// Secrets
export { SECRET_REMEDY, weaknessOf } from './secret-strength.ts';
