import type { Subject, WatchedType } from '../plan/round-plan.ts';
import type { WatchRecord } from './record.ts';

/** Subject of a watcher, once the tasks and the project have ids. */
export type Target =
  | { of: 'task'; taskId: string }
  | { of: 'project'; projectId: string; types?: readonly WatchedType[]; stages?: readonly string[] }
  | { of: 'owner' };

/** Everything that one stay of a watcher needs. */
export interface Visit {
  /** Address of the apis, through the watcher's gate. */
  url: string;
  token: string;
  target: Target;
  record: WatchRecord;
  /** In place of the global one: may spoil what comes, to see that the oracle notices. */
  fetch: typeof fetch;
}

/** A running watcher. `leave` resolves when all its resources are closed; its messages stay in the record. */
export interface Visitor {
  leave(): Promise<void>;
}

/** @throws Error if the plan names a task that is not there. */
export function targetOf(subject: Subject, ids: { tasks: ReadonlyMap<number, string>; projectId: string }): Target {
  if (subject.of === 'owner') return subject;
  if (subject.of === 'project') return { ...subject, projectId: ids.projectId };
  const taskId = ids.tasks.get(subject.task);
  if (taskId === undefined) throw new Error(`the plan has no task ${subject.task}`);
  return { of: 'task', taskId };
}

export function withToken(token: string, inner: typeof fetch): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return inner(input, { ...init, headers });
  };
}
