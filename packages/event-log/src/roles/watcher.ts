import type { TaskMessage, TopicMessage } from '@taskwire/protocol';
import type { TaskAddress, TopicAddress } from '../log/keys.ts';
import type { TopicFeed } from '../topics/topic-feed.ts';
import type { TopicFilter } from '../topics/topic-filter.ts';
import { topicSelect } from '../topics/topic-step.ts';
import { TopicWatcher } from '../topics/topic-watcher.ts';
import type { Hub } from '../watching/hub.ts';
import type { TaskFeed } from '../watching/task-feed.ts';
import { TaskWatcher } from '../watching/task-watcher.ts';
import { messagesOf, pollOf, positionAt, selectAll, type Watching } from '../watching/watcher.ts';

/**
 * Watches tasks and topics: everything after a cursor, then live (MUSTs 1 to 7).
 * Each function throws TaskwireError NOT_FOUND if there is no such task, SERVICE_UNAVAILABLE if Redis cannot be
 * reached; and the reason given to `interrupt`.
 */
export interface EventLogWatcher {
  /**
   * Every message of a task after a cursor, then live, until the terminal one. Without a cursor the first message is a
   * snapshot. Ends quietly when `signal` aborts.
   */
  follow(
    task: TaskAddress,
    cursor: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<TaskMessage, void, undefined>;
  /**
   * Every message of a topic after a cursor, then live, without an end. A snapshot of the unfinished tasks comes first
   * if there is no cursor, or if the event after the cursor is gone. Ends quietly when `signal` aborts.
   */
  followTopic(
    topic: TopicAddress,
    start: { cursor: number | undefined; filter?: TopicFilter },
    signal: AbortSignal,
  ): AsyncGenerator<TopicMessage, void, undefined>;
  /**
   * The messages of a task after a cursor that are there now. If there are none, waits up to `waitMs` milliseconds for
   * the first. Empty if none came, and at once for a cursor at the end of an ended task.
   */
  poll(
    task: TaskAddress,
    cursor: number | undefined,
    wait: { waitMs: number; signal: AbortSignal },
  ): Promise<readonly TaskMessage[]>;
  /**
   * A hold on a task's log for any number of watchers. They share its reads and its messages.
   * @param cursor of the first of them.
   */
  watchTask(task: TaskAddress, cursor: number | undefined): Promise<Watching<TaskMessage>>;
  /** A hold on a topic, for watchers with any filters. */
  watchTopic(topic: TopicAddress, cursor: number | undefined): Promise<Watching<TopicMessage, TopicFilter>>;
  /** Ends all watching, now and later, with this error. */
  interrupt(reason: Error): void;
}

export interface WatcherDependencies {
  tasks: Hub<TaskAddress, TaskFeed>;
  topics: Hub<TopicAddress, TopicFeed>;
}

export function createWatcher({ tasks, topics }: WatcherDependencies): EventLogWatcher {
  const watchTask: EventLogWatcher['watchTask'] = async (task, cursor) => {
    const { feed, release } = await tasks.acquire(task, cursor);
    return { watcherAt: (position) => new TaskWatcher(feed, position), select: selectAll, release };
  };
  const watchTopic: EventLogWatcher['watchTopic'] = async (topic, cursor) => {
    const { feed, release } = await topics.acquire(topic, cursor);
    return {
      watcherAt: (position, filter) => new TopicWatcher(feed, position, filter),
      select: (step) => topicSelect(step, feed.withFromSeq),
      release,
    };
  };
  return {
    watchTask,
    watchTopic,
    async *follow(task, cursor, signal) {
      const { watcherAt, release } = await watchTask(task, cursor);
      try {
        yield* messagesOf(watcherAt(positionAt(cursor)), signal);
      } finally {
        release();
      }
    },
    async *followTopic(topic, { cursor, filter }, signal) {
      const { watcherAt, release } = await watchTopic(topic, cursor);
      try {
        yield* messagesOf(watcherAt(positionAt(cursor), filter), signal);
      } finally {
        release();
      }
    },
    async poll(task, cursor, wait) {
      const { watcherAt, release } = await watchTask(task, cursor);
      try {
        return await pollOf(watcherAt(positionAt(cursor)), wait);
      } finally {
        release();
      }
    },
    interrupt(reason) {
      tasks.interrupt(reason);
      topics.interrupt(reason);
    },
  };
}
