import { parseCursor, type TaskEventType, type TopicMessage } from '@taskwire/protocol';
import { openWatch, type StreamOptions } from './open-watch.ts';
import { TopicStream } from './topic-stream.ts';
import type { WatchSource } from './watch-task.ts';

/** Of a topic, `lastEventId` is the `seq` of a topic message, not that of an event in it. */
export type TopicWatchOptions = StreamOptions;

export interface ProjectWatchOptions extends TopicWatchOptions {
  /** Only events of these stages. */
  stages?: readonly string[] | undefined;
  /** Only events of these types. */
  types?: readonly TaskEventType[] | undefined;
}

/** One reading of the messages of all tasks of the caller's. @throws TaskwireError INVALID_INPUT as for a task. */
export function openAnyWatch(
  { trpc, running }: WatchSource,
  options: TopicWatchOptions,
): AsyncIterableIterator<TopicMessage, undefined> {
  const stream = new TopicStream(
    (cursor, handlers) => trpc.task.onAny.subscribe(cursor, handlers),
    parseCursor(options.lastEventId),
  );
  return openWatch(stream, running, options);
}

/** One reading of the messages of a project. @throws TaskwireError INVALID_INPUT as for a task. */
export function openProjectWatch(
  { trpc, running }: WatchSource,
  projectId: string,
  options: ProjectWatchOptions,
): AsyncIterableIterator<TopicMessage, undefined> {
  const { stages, types } = options;
  const filter = {
    ...(stages === undefined ? {} : { stages: [...stages] }),
    ...(types === undefined ? {} : { types: [...types] }),
  };
  const stream = new TopicStream(
    (cursor, handlers) => trpc.project.onProgress.subscribe({ projectId, ...filter, ...cursor }, handlers),
    parseCursor(options.lastEventId),
  );
  return openWatch(stream, running, options);
}
