// Defining a kind
export { defineTask } from './define-task.ts';
export type { RetryPolicy, StageDefinition, TaskDefinition } from './definition/task-definition.ts';
export { latest, list } from './definition/channel.ts';
export type { ChannelDefinition, ChannelDefinitions, LatestChannel, ListChannel } from './definition/channel.ts';
export { upload, uploadIdSchema } from './uploads/upload.ts';
export type { UploadId } from './uploads/upload.ts';

// Types of a definition
export type {
  AnyTaskDefinition,
  ChannelInput,
  ChannelNameOf,
  ChannelStates,
  ChannelValue,
  ParsedTaskInput,
  RememberedStageOf,
  StageNameOf,
  StageResultInput,
  StageResultOf,
  TaskInput,
  TaskList,
  TaskOutput,
  TaskOutputInput,
} from './definition/definition-types.ts';

// Naming a kind
export { taskKind } from './definition/task-reference.ts';
export type {
  DefinitionOf,
  DefinitionsOf,
  TaskReference,
  TaskSelection,
  TypedKind,
} from './definition/task-reference.ts';

// The kinds of a server or worker
export { createTaskCatalog } from './catalog/task-catalog.ts';
export type { TaskCatalog } from './catalog/task-catalog.ts';
export type { CatalogMessage, CatalogState } from './catalog/catalog-messages.ts';
export type { TaskRequest, TaskRequestInput, TaskRequestOptions } from './catalog/task-request.ts';
export { idempotencyKeySchema } from './request-options.ts';

// States and messages with the types of a kind
export { readTaskMessage, readTaskState, readUnknownMessage, readUnknownState } from './reading/read-task.ts';
export type {
  ChannelEvent,
  TaskMessage,
  TaskState,
  TypedTaskEvent,
  UnknownKind,
  UnknownTaskState,
  UntypedMessage,
  UntypedState,
} from './reading/messages.ts';

// JSON
export { storedForm } from './json/stored-form.ts';
export type { Json } from './json/json-types.ts';
export type { JsonValue } from './json/type-assertions.ts';

// Uploads in an input
export { checkInput } from './uploads/upload-collector.ts';
export type { UploadReference, UploadRules } from './uploads/upload-collector.ts';
export { uploadPathsIn } from './uploads/upload-paths.ts';
export type { UploadField } from './uploads/upload-paths.ts';
export { acceptedByAny, acceptsMediaType } from './uploads/upload-rules.ts';

// Words and figures for people
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
