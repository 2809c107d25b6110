import type { TopicAddress, TopicFilter, WatchedTask } from '@taskwire/router';

/** What somebody is to watch who may: a task, or a topic, which is a project or all tasks of the caller's. */
export type WatchRequest =
  | { task: WatchedTask; cursor: number | undefined }
  | { topic: TopicAddress; filter: TopicFilter | undefined; cursor: number | undefined };
