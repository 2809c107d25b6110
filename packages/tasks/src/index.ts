// Defining a kind
export { defineTask } from './define-task.ts';
export type { RetryPolicy, StageDefinition, TaskDefinition, UploadReference } from './define-task.ts';

// The kinds there are
export { TASK_KINDS, isTaskKind, taskDefinitions, taskRecordSchema, taskRequestSchema, uploadsOf } from './registry.ts';
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
export type { TaskMessage, TaskState } from './typed-messages.ts';
