import { TaskwireError } from '@taskwire/protocol';
import { parseTopicFilter, type TaskWatchRequest, type TopicFilter, type TopicWatchRequest } from '@taskwire/router';
import type { Request } from 'express';

/** Reads from a request what it asks to watch. @throws TaskwireError INVALID_INPUT, naming the field. */
export type ReadWatchRequest = (request: Request) => TaskWatchRequest | TopicWatchRequest;

/** The task in the address: the messages of `task.onProgress`. */
export const taskInAddress: ReadWatchRequest = (request) => ({
  scope: 'task',
  taskId: segment(request, 'taskId'),
  lastEventId: cursorOf(request),
});

/**
 * The project in the address: the messages of `project.onProgress`. `?stages=a,b&types=x,y` filters. Where the address
 * names a stage, it is the only one.
 */
export const projectInAddress: ReadWatchRequest = (request) => ({
  scope: 'project',
  projectId: segment(request, 'projectId'),
  lastEventId: cursorOf(request),
  filter: filterOf(request),
});

/** All tasks of the caller: the messages of `task.onAny`. */
export const allTasks: ReadWatchRequest = (request) => ({ scope: 'caller', lastEventId: cursorOf(request) });

function segment({ params }: Request, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

/** An EventSource that comes back sends its cursor as a header, which therefore goes before the address. */
function cursorOf({ headers, query }: Request): string | undefined {
  const given: unknown = headers['last-event-id'] ?? query['lastEventId'];
  if (given === undefined || typeof given === 'string') return given;
  throw refused('lastEventId', 'give it once');
}

function filterOf({ params, query }: Request): TopicFilter {
  const { stage } = params;
  const { stages, types } = query;
  if (stage !== undefined && stages !== undefined) throw refused('stages', 'leave it out: the address names a stage');
  return parseTopicFilter({
    ...(stages === undefined ? {} : { stages: namesIn(stages) }),
    ...(stage === undefined ? {} : { stages: [stage] }),
    ...(types === undefined ? {} : { types: namesIn(types) }),
  });
}

/** `a,b`, or given several times; the schema refuses anything else. */
function namesIn(given: unknown): unknown {
  if (typeof given === 'string') return given.split(',');
  return Array.isArray(given) ? given.flatMap((each: unknown) => namesIn(each)) : given;
}

function refused(path: string, message: string): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `${path}: ${message}`, { fields: [{ path, message }] });
}
