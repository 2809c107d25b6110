import { parseCursor } from '@taskwire/protocol';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import type { TopicAddress, TopicFilter } from '../../ports/task-events.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import { requireOwned } from '../require-owned.ts';

/** The cursor as the caller sent it: an event id; absent for a new watcher. */
interface CursorText {
  lastEventId: string | null | undefined;
}

/** A request to watch one task. */
export interface TaskWatchRequest extends CursorText {
  scope: 'task';
  taskId: string;
}

/** A request to watch the tasks of one project, or all tasks of the caller. */
export type TopicWatchRequest =
  (CursorText & { scope: 'project'; projectId: string; filter: TopicFilter }) | (CursorText & { scope: 'caller' });

/** An authorized request to watch one task of the caller. */
export interface TaskWatch {
  task: StoredTask;
  cursor: number | undefined;
}

/** An authorized request to watch a topic of the caller. */
export interface TopicWatch {
  topic: TopicAddress;
  filter: TopicFilter | undefined;
  cursor: number | undefined;
}

/** An authorized watch request. */
export type Watch = TaskWatch | TopicWatch;

type WatchPorts = Pick<Ports, 'tasks' | 'projects'>;

/**
 * Authorizes a watch request: every transport that opens a stream calls this. It reads the cursor first, then looks up
 * the task or project. An id that is not a UUID counts as not found.
 * @throws TaskwireError INVALID_INPUT for a cursor that no server sent; NOT_FOUND if the caller owns no such task or project.
 */
export function resolveWatch(ports: WatchPorts, caller: Caller, request: TaskWatchRequest): Promise<TaskWatch>;
export function resolveWatch(ports: WatchPorts, caller: Caller, request: TopicWatchRequest): Promise<TopicWatch>;
export function resolveWatch(
  ports: WatchPorts,
  caller: Caller,
  request: TaskWatchRequest | TopicWatchRequest,
): Promise<Watch>;
export async function resolveWatch(
  ports: WatchPorts,
  caller: Caller,
  request: TaskWatchRequest | TopicWatchRequest,
): Promise<Watch> {
  const cursor = parseCursor(request.lastEventId);
  switch (request.scope) {
    case 'task':
      return { task: requireOwned(caller, await findById(request.taskId, ports.tasks), 'task'), cursor };
    case 'project': {
      const { projectId } = requireOwned(caller, await findById(request.projectId, ports.projects), 'project');
      return { topic: { projectId }, filter: request.filter, cursor };
    }
    case 'caller':
      return { topic: { ownerId: caller.userId }, filter: undefined, cursor };
    default:
      return request satisfies never;
  }
}

async function findById<Item>(
  id: string,
  store: { find(id: string): Promise<Item | undefined> },
): Promise<Item | undefined> {
  return z.uuid().safeParse(id).success ? store.find(id) : undefined;
}
