// The router
export { createAppRouter } from './app-router.ts';
export type { AppRouterOptions } from './app-router.ts';
export type { AppRouter, NoProcedures, OwnProcedures } from './app-router-type.ts';
export type { CallContext, Caller, Context, FaultReports, Ports } from './context.ts';

// For own procedures
export { callerProcedure, router } from './trpc.ts';
export { isOffered } from './use-cases/tasks/check-offered.ts';
export { toTask } from './procedures/task/to-task.ts';
export { createTask } from './use-cases/tasks/create-task.ts';
export type { NewTaskRequest } from './use-cases/tasks/create-task.ts';
export { hasSettledEnd, isSeenEnd } from './use-cases/tasks/task-end.ts';
export { requireOwned } from './use-cases/require-owned.ts';
export { pageInput, parseListCursor, toPage } from './use-cases/list-position.ts';
export type { Page, PageInput } from './use-cases/list-position.ts';
export type { Mutation, Query, Subscription } from './procedure-types.ts';

// Errors
export { describeError, errorFormatter, toStreamError } from './errors.ts';
export type { ErrorDescription, ErrorShape } from './errors.ts';

// Answers of procedures
export type { CatalogTask, Task, UnknownTask } from './procedures/task/task.ts';
export type { Project } from './procedures/project/projects.ts';
export type { TypedTaskEvent } from '@taskwire/tasks';
export type { PollAnswer } from './procedures/task/poll.ts';
export type { KindDescription } from './procedures/system/kinds.ts';

// For transports that answer the same calls in another way
export { SUBSCRIPTIONS, authorizeSubscription } from './watch-router.ts';
export type { SubscriptionCall } from './watch-router.ts';
export { resolveWatch } from './use-cases/watching/resolve-watch.ts';
export type { TaskWatchRequest, TopicWatchRequest, Watch } from './use-cases/watching/resolve-watch.ts';
export { parseTopicFilter } from './use-cases/watching/topic-filter.ts';
export { PING_INTERVAL_MS, routerConfig, unauthenticated } from './trpc.ts';

// Ports
export type { ProjectStore, StoredProject } from './ports/project-store.ts';
export type {
  AppendOutcome,
  TaskAddress,
  TaskEvents,
  TopicAddress,
  TopicFilter,
  WatchedTask,
} from './ports/task-events.ts';
export type { SystemStatus, SystemWorker } from './ports/system-status.ts';
export type { TaskQueue } from './ports/task-queue.ts';
export type { ListPosition, NewTask, StoredTask, TaskListQuery, TaskStore } from './ports/task-store.ts';
export type { StoredUpload, UploadStore } from './ports/upload-store.ts';
