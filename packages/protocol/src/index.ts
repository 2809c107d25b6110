// Events
export {
  LOG_LEVELS,
  STAGE_STATUSES,
  TASK_EVENT_TYPES,
  etaSchema,
  logLevelSchema,
  stagePlanSchema,
  stagePlansOf,
  stageStatusSchema,
  taskEventSchema,
  taskFailureSchema,
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
  UnreadableEvent,
} from './events/event.ts';
export { LONGEST_CHANNEL_VALUE, MOST_KEPT_ITEMS, channelNameSchema, longestItem } from './events/data-event.ts';
export type { DataEvent, DataValue, LatestDataEvent, ListDataEvent } from './events/data-event.ts';
export {
  ENDED_LOG_KEPT_SECONDS,
  TERMINAL_EVENT_TYPES,
  isTerminalEventType,
  terminalTypeOf,
} from './events/terminal-event.ts';
export type { TerminalEventType } from './events/terminal-event.ts';
export { encodeDraft } from './events/event-draft.ts';

// State and snapshots
export {
  STATE_LOG_LINES,
  TASK_STATUSES,
  TERMINAL_STATUSES,
  initialTaskState,
  isTerminalStatus,
  logLineSchema,
  percentOf,
  stageStateSchema,
  taskStateSchema,
  taskStatusSchema,
} from './state/state.ts';
export type { LogLine, StageState, TaskState, TaskStatus, TerminalStatus } from './state/state.ts';
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

// Reading entries and messages of other versions
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
export { listLength } from './state/channels.ts';
export { reduce } from './state/reduce.ts';
export { SequenceError, advance, fold, receive } from './state/advance.ts';

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

// Waiting for a change
export { ChangeSignal } from './change-signal.ts';

// Cursors
export { formatCursor, parseCursor } from './messages/cursor.ts';

// Errors
export { ERROR_CODES, TASK_ERROR_CODES, isErrorCode } from './errors/error-code.ts';
export type { ErrorCode, TaskErrorCode } from './errors/error-code.ts';
export { fieldErrorText, fieldErrors } from './errors/field-error.ts';
export type { FieldError } from './errors/field-error.ts';
export { TaskwireError, invalidInput } from './errors/taskwire-error.ts';

// Secrets
export { SECRET_REMEDY, weaknessOf } from './texts/secret-strength.ts';
