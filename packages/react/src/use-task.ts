import {
  EMPTY_VIEW,
  liveTaskOf,
  selectionKey,
  type LiveTask,
  type NamedSelection,
  type TaskSelection,
  type TaskStore,
} from '@taskwire/client';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { useTaskwire } from './taskwire-provider.tsx';

export interface UseTaskOptions {
  /** While false, no stream is open and the view does not change. Absent: true. */
  enabled?: boolean;
}

/**
 * Watches a task while the component is mounted. All watchers of a task share one stream.
 * @param task its kind, which types state, channels and output: a definition, a name from `taskKind`, or a list of them.
 * A task of another kind gives an `error`; under a list it is a state of an unknown kind.
 * @param taskId while it is undefined, the view is empty and no stream is open.
 */
export function useTask<const Selection extends NamedSelection>(
  task: Selection,
  taskId: string | undefined,
  options?: UseTaskOptions,
): LiveTask<Selection>;
/** Watches a task of any kind: its output is `unknown`. */
export function useTask(taskId: string | undefined, options?: UseTaskOptions): LiveTask;
export function useTask(
  first: NamedSelection | string | undefined,
  second?: string | UseTaskOptions,
  third: UseTaskOptions = {},
): LiveTask<TaskSelection> {
  const { task, taskId, options } = readArguments(first, second, third);
  const selection = useKept(task);
  const client = useTaskwire();
  const store = useMemo<TaskStore<TaskSelection>>(
    () => (taskId === undefined ? NO_TASK : client.taskStore(taskId, { task: selection })),
    [client, taskId, selection],
  );
  const subscribe = (options.enabled ?? true) ? store.subscribe : subscribeNothing;
  const view = useSyncExternalStore(subscribe, store.getSnapshot, store.getSnapshot);
  return useMemo(() => liveTaskOf<TaskSelection>(view), [view]);
}

interface Arguments {
  task: TaskSelection;
  taskId: string | undefined;
  options: UseTaskOptions;
}

function readArguments(
  first: NamedSelection | string | undefined,
  second: string | UseTaskOptions | undefined,
  third: UseTaskOptions,
): Arguments {
  if (first !== undefined && typeof first !== 'string')
    return { task: first, taskId: typeof second === 'string' ? second : undefined, options: third };
  return { task: undefined, taskId: first, options: typeof second === 'object' ? second : {} };
}

/** The same selection object until it names other kinds: a definition that is written inline is a new object each time. */
function useKept(selection: TaskSelection): TaskSelection {
  const [kept, keep] = useState(selection);
  if (selectionKey(kept) === selectionKey(selection)) return kept;
  keep(selection);
  return selection;
}

function subscribeNothing(): () => void {
  return () => undefined;
}

/** The store of a task that does not exist yet. */
const NO_TASK: TaskStore<TaskSelection> = { subscribe: subscribeNothing, getSnapshot: () => EMPTY_VIEW };
