// The client
export { createTaskwireClient } from './create-client.ts';
export type { AnyRouter, ClientSettings, TaskwireCalls, TaskwireClient } from './taskwire-client.ts';
export type { ListOptions, PollAnswer, PollOptions, RetryOptions, TaskCalls, TaskOptions } from './tasks/task-calls.ts';
export type { TokenSource } from './transport/transport.ts';
export type { HistoryOptions } from './watching/task-history.ts';
export type { WatchOptions } from './watching/watch-task.ts';
export type { ProjectWatchOptions, TopicWatchOptions } from './watching/watch-topic.ts';
export type { UploadOptions } from './transport/rest.ts';

// One task's view, to subscribe to
export { liveTaskOf } from './store/live-task.ts';
export type { LiveTask } from './store/live-task.ts';
export type { TaskStore } from './store/task-store.ts';
export { EMPTY_VIEW } from './store/task-view.ts';
export type { ConnectionState, TaskView } from './store/task-view.ts';

// Errors
export { TaskwireClientError } from './errors/client-error.ts';
export type { ClientErrorCode } from './errors/client-error.ts';
export { toClientError } from './errors/to-client-error.ts';

// Answers of the server
export type { KindDescription, Page, UploadFieldDescription } from './transport/answers.ts';
export type { ServerConfig, SignIn, Upload } from './transport/shapes.ts';
export type { Task, TaskFacts, UnknownTask } from './tasks/task.ts';
export type { AppRouter, Project } from '@taskwire/router';
export type {
  FieldError,
  Gap,
  StageState,
  TaskEventType,
  TaskStatus,
  TaskSummary,
  TopicMessage,
} from '@taskwire/protocol';

// Kinds by name, and the types that they give
export { taskKind } from '@taskwire/tasks/reading';
export { selectionKey } from './tasks/selection.ts';
export type { NamedSelection } from './tasks/selection.ts';
export type { SelectedEvent, SelectedMessage, SelectedState, SelectedTask } from './tasks/selected-types.ts';
export type {
  AnyTaskDefinition,
  ChannelStates,
  ChannelValue,
  DefinitionOf,
  DefinitionsOf,
  StageNameOf,
  TaskInput,
  TaskMessage,
  TaskOutput,
  TaskReference,
  TaskRequestOptions,
  TaskSelection,
  TaskState,
  TypedKind,
  UnknownTaskState,
} from '@taskwire/tasks';

// Words and figures for people
export { formatDuration, formatTime, stageRows } from '@taskwire/tasks/reading';
