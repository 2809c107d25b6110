// The client
export { createTaskwireClient } from './create-client.ts';
export type { ClientSettings, PollOptions, TaskwireClient } from './create-client.ts';
export type { TokenSource } from './transport.ts';
export type { HistoryOptions } from './task-history.ts';
export type { WatchOptions } from './watch-task.ts';
export type { ProjectWatchOptions, TopicWatchOptions } from './watch-topic.ts';
export type { UploadOptions } from './rest.ts';

// Searching
export { searchRemarks } from './search-remarks.ts';

// One task's view, to subscribe to
export type { TaskStore } from './task-store.ts';
export type { ConnectionState, TaskView } from './task-view.ts';

// Errors
export { TaskwireClientError } from './client-error.ts';
export type { ClientErrorCode } from './client-error.ts';
export { toClientError } from './to-client-error.ts';

// What the server answers with
export type { ServerConfig, SignIn, Upload } from './shapes.ts';
export type {
  AppRouter,
  Document,
  PagePiece,
  PageText,
  PollAnswer,
  Project,
  SearchAnswer,
  SearchHit,
  Task,
  TypedTaskEvent,
  UnknownTask,
} from '@taskwire/router';
export type {
  FieldError,
  Gap,
  StageState,
  TaskEventType,
  TaskStatus,
  TaskSummary,
  TopicMessage,
} from '@taskwire/protocol';

// Task kinds
export { parseTaskRequest } from './create-task.ts';
export { TASK_KINDS, hasKnownKind, isTaskKind } from '@taskwire/tasks';
export type {
  AnyKind,
  StageNameOf,
  TaskInput,
  TaskKind,
  TaskMessage,
  TaskOutput,
  TaskRequest,
  TaskRequestInput,
  TaskRequestOptions,
  TaskState,
} from '@taskwire/tasks';

// Words for what is known of a document
export { coverageWords, languageWords, placeWords } from '@taskwire/tasks';
export type { TextPlace } from '@taskwire/tasks';
