import { parseCursor, type TaskEventType, type TopicMessage } from '@taskwire/protocol';
import { openWatch, type StreamOptions } from './open-watch.ts';
import { TopicStream } from './topic-stream.ts';
import type { WatchSource } from './watch-task.ts';

/** `lastEventId` is the `seq` of a topic's message, not the `seq` of the event in it. */
export type TopicWatchOptions = StreamOptions;

export interface ProjectWatchOptions extends TopicWatchOptions {
  /** Only events of these stages. */
  stages?: readonly string[] | undefined;
  /** Only events of these types. */
  types?: readonly TaskEventType[] | undefined;
}

/** Opens a watch of all tasks of the caller. @throws TaskwireError INVALID_INPUT if `lastEventId` is not a cursor. */
export function openAnyWatch(
  { procedures, running }: WatchSource,
  options: TopicWatchOptions,
): AsyncIterableIterator<TopicMessage, undefined> {
  const stream = new TopicStream(
    (cursor, handlers) => procedures.subscribe('task.onAny', cursor, handlers),
    parseCursor(options.lastEventId),
  );
  return openWatch(stream, running, options);
}

/** Opens a watch of a project. @throws TaskwireError INVALID_INPUT if `lastEventId` is not a cursor. */
export function openProjectWatch(
  { procedures, running }: WatchSource,
  projectId: string,
  options: ProjectWatchOptions,
): AsyncIterableIterator<TopicMessage, undefined> {
  const { stages, types } = options;
  const filter = {
    ...(stages === undefined ? {} : { stages: [...stages] }),
    ...(types === undefined ? {} : { types: [...types] }),
  };
  const stream = new TopicStream(
    (cursor, handlers) => procedures.subscribe('project.onProgress', { projectId, ...filter, ...cursor }, handlers),
    parseCursor(options.lastEventId),
  );
  return openWatch(stream, running, options);
}
