import { liveTaskOf, selectionKey, type LiveTask, type NamedSelection, type TaskSelection } from '@taskwire/client';
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
 */
export function useTask<const Selection extends NamedSelection>(
  task: Selection,
  taskId: string,
  options?: UseTaskOptions,
): LiveTask<Selection>;
/** Watches a task of any kind: its output is `unknown`. */
export function useTask(taskId: string, options?: UseTaskOptions): LiveTask;
export function useTask(
  first: NamedSelection | string,
  second: string | UseTaskOptions = {},
  third: UseTaskOptions = {},
): LiveTask<TaskSelection> {
  const selection = useKept(typeof first === 'string' ? undefined : first);
  const [taskId, { enabled = true }] = typeof second === 'string' ? [second, third] : [textOf(first), second];
  const client = useTaskwire();
  const store = useMemo(() => client.taskStore(taskId, { task: selection }), [client, taskId, selection]);
  const subscribe = enabled ? store.subscribe : subscribeNothing;
  const view = useSyncExternalStore(subscribe, store.getSnapshot, store.getSnapshot);
  return useMemo(() => liveTaskOf<TaskSelection>(view), [view]);
}

/** The same selection object until it names other kinds: a definition that is written inline is a new object each time. */
function useKept(selection: TaskSelection): TaskSelection {
  const [kept, keep] = useState(selection);
  if (selectionKey(kept) === selectionKey(selection)) return kept;
  keep(selection);
  return selection;
}

function textOf(first: NamedSelection | string): string {
  return typeof first === 'string' ? first : '';
}

function subscribeNothing(): () => void {
  return () => undefined;
}
