// The router
export { appRouter } from './app-router.ts';
export type { AppRouter } from './app-router.ts';
export type { Caller, Context, FaultReports, Ports } from './context.ts';

// Answers of procedures
export type { Task, UnknownTask } from './procedures/task/task.ts';
export type { Document } from './procedures/document/stored-documents.ts';
export type { PageText } from './procedures/document/page.ts';
export type { Project } from './procedures/project/projects.ts';
export type { TypedTaskEvent } from './procedures/task/history.ts';
export type { PollAnswer } from './procedures/task/poll.ts';
export type { Page } from './use-cases/list-position.ts';
export type { ErrorDescription } from './errors.ts';

// For transports that answer the same calls in another way
export { SUBSCRIPTIONS, authorizeSubscription } from './watch-router.ts';
export type { SubscriptionCall } from './watch-router.ts';
export { resolveWatch } from './use-cases/watching/resolve-watch.ts';
export type { TaskWatchRequest, TopicWatchRequest, Watch } from './use-cases/watching/resolve-watch.ts';
export { parseTopicFilter } from './use-cases/watching/topic-filter.ts';
export { isSeenEnd } from './use-cases/tasks/task-end.ts';
export { requireOwned } from './use-cases/require-owned.ts';
export { toStreamError } from './errors.ts';
export { PING_INTERVAL_MS } from './trpc.ts';

// Ports
export type { DocumentSearch } from './ports/document-search.ts';
export type { DocumentPage, DocumentStore, PagePiece, StoredDocument } from './ports/document-store.ts';
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
