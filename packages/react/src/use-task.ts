import type { AnyKind, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { useMemo, useSyncExternalStore } from 'react';
import { useTaskwire } from './taskwire-context.ts';

/** What is known of a task now, and two things that most pages show. */
export type LiveTask<Kind extends AnyKind = AnyKind> = TaskView<Kind> & {
  /** Of the whole task, 0–100; 0 before anything is known. */
  percent: number;
  /** Whether the task has ended for good. */
  isEnded: boolean;
};

/**
 * Watches a task as long as the component is mounted; all watchers of a task share one stream.
 * @param options.kind narrows the state and the output to that kind. A task of another kind leads to `error`.
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
