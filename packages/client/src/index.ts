// The client
export { createTaskwireClient } from './create-client.ts';
export type { ClientSettings, PollOptions, TaskwireClient } from './taskwire-client.ts';
export type { TokenSource } from './transport/transport.ts';
export type { HistoryOptions } from './watching/task-history.ts';
export type { WatchOptions } from './watching/watch-task.ts';
export type { ProjectWatchOptions, TopicWatchOptions } from './watching/watch-topic.ts';
export type { UploadOptions } from './transport/rest.ts';

// Searching
export { searchRemarks } from './search-remarks.ts';

// One task's view, to subscribe to
export type { TaskStore } from './store/task-store.ts';
export type { ConnectionState, TaskView } from './store/task-view.ts';

// Errors
export { TaskwireClientError } from './errors/client-error.ts';
export type { ClientErrorCode } from './errors/client-error.ts';
export { toClientError } from './errors/to-client-error.ts';

// Answers of the server
export type { ServerConfig, SignIn, Upload } from './transport/shapes.ts';
export type {
  AppRouter,
  Document,
  PagePiece,
  PageText,
  Project,
  ShippedPollAnswer as PollAnswer,
  KindTask as Task,
  ShippedTaskEvent as TypedTaskEvent,
  UnknownTask,
} from '@taskwire/router';
export type {
  FieldError,
  Gap,
  SearchAnswer,
  SearchHit,
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

// Words and figures for people
export { coverageWords, formatDuration, formatTime, languageWords, placeWords, stageRows } from '@taskwire/tasks';
export type { TextPlace } from '@taskwire/tasks';
