// Defining a kind
export { defineTask } from './define-task.ts';
export type { RetryPolicy, StageDefinition, TaskDefinition } from './define-task.ts';

// The definitions
export { demoBurn } from './definitions/demo-burn.ts';
export { demoCount } from './definitions/demo-count.ts';
export { demoText } from './definitions/demo-text.ts';
export { documentIngest } from './definitions/document-ingest.ts';

// Documents
export { chunkingFields, documentCoverageSchema } from './definitions/document-ingest.ts';
export type { DocumentCoverage } from './definitions/document-ingest.ts';

// Options of a request
export { idempotencyKeySchema } from './request-options.ts';

// Uploads in an input
export { upload, uploadIdSchema } from './uploads/upload.ts';
export type { UploadId } from './uploads/upload.ts';
export { checkInput } from './uploads/upload-collector.ts';
export type { UploadReference, UploadRules } from './uploads/upload-collector.ts';
export { acceptedByAny, acceptsMediaType } from './uploads/upload-rules.ts';

// The kinds there are
export {
  TASK_KINDS,
  shippedTasks,
  isTaskKind,
  taskDefinitions,
  taskOutcomeSchema,
  taskRecordSchema,
  taskRequestSchema,
  uploadRulesOf,
  uploadsOf,
} from './registry.ts';
export type {
  AnyTaskDefinition,
  ParsedTaskInput,
  RememberedStageOf,
  StageNameOf,
  StageResultInput,
  StageResultOf,
  TaskInput,
  TaskKind,
  TaskOutput,
  TaskRequest,
  TaskRequestInput,
  TaskRequestOptions,
} from './registry.ts';

// Messages with a kind's types
export { messageOfKind, typedMessage, typedState } from './typed-messages.ts';
export type { TaskMessage, TaskState, UnknownTaskState } from './typed-messages.ts';

// The form in which an input is stored
export { storedInput } from './stored-input.ts';
export type { JsonValue } from './json/type-assertions.ts';

// Kinds of other versions
export { hasKnownKind, isUnknownKind } from './unknown-kind.ts';
export type { AnyKind, UnknownKind } from './unknown-kind.ts';

// Words and figures for people
export { countPages, coverageWords, isFullyCovered, languageWords, placeWords } from './words/document-words.ts';
export type { PageRange, TextPlace } from './words/document-words.ts';
export { runningStage, stageDetail, stageRows } from './words/stage-words.ts';
export type { StageLook, StageRow } from './words/stage-words.ts';
export {
  capitalize,
  formatBytes,
  formatCount,
  formatDuration,
  formatName,
  formatPercent,
  formatTime,
  formatWhen,
  sentence,
} from './words/format.ts';
