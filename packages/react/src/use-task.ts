import type { AnyKind, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { useMemo, useSyncExternalStore } from 'react';
import { useTaskwire } from './taskwire-provider.tsx';

/** The live view of a task, with its percent and its end. */
export type LiveTask<Kind extends AnyKind = AnyKind> = TaskView<Kind> & {
  /** Of the whole task, 0–100; 0 before the first snapshot. */
  percent: number;
  /** Whether the task has ended for good. */
  isEnded: boolean;
};

/**
 * Watches a task while the component is mounted. All watchers of a task share one stream.
 * @param options.kind narrows state and output to that kind. A task of another kind gives an `error`.
 */
export function useTask<Kind extends AnyKind = AnyKind>(taskId: string, options: { kind?: Kind } = {}): LiveTask<Kind> {
  const client = useTaskwire();
  const { kind } = options;
  const store = useMemo(
    () => client.taskStore<Kind>(taskId, kind === undefined ? {} : { kind }),
    [client, taskId, kind],
  );
  const view = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
  return useMemo(() => {
    const { state } = view;
    return { ...view, percent: state?.percent ?? 0, isEnded: state !== undefined && isTerminalStatus(state.status) };
  }, [view]);
}
