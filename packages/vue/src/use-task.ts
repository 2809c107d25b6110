import type { AnyKind, TaskStore, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useTaskwire } from './taskwire-plugin.ts';

/** The live view of a task, with its percent and its end. */
export interface LiveTask<Kind extends AnyKind = AnyKind> {
  view: Readonly<ShallowRef<TaskView<Kind>>>;
  /** Of the whole task, 0–100; 0 before the first snapshot. */
  percent: ComputedRef<number>;
  /** Whether the task has ended for good. */
  isEnded: ComputedRef<boolean>;
}

export interface UseTaskOptions<Kind extends AnyKind> {
  /** Narrows state and output to that kind. A task of another kind gives an `error`. */
  kind?: Kind;
  /** While false, no stream is open and the view does not change. Absent: true. */
  enabled?: MaybeRefOrGetter<boolean>;
}

/**
 * Watches a task until the calling scope ends. If the id changes, it watches the other task. All watchers of a task
 * share one stream. `view` changes with each message, so a watcher with `flush: 'sync'` sees every message.
 */
export function useTask<Kind extends AnyKind = AnyKind>(
  taskId: MaybeRefOrGetter<string>,
  options: UseTaskOptions<Kind> = {},
): LiveTask<Kind> {
  const client = useTaskwire();
  const { kind, enabled = true } = options;
  const storeOf = (id: string): TaskStore<Kind> => client.taskStore<Kind>(id, kind === undefined ? {} : { kind });
  const view = shallowRef<TaskView<Kind>>(storeOf(toValue(taskId)).getSnapshot());

  watch(
    [() => toValue(taskId), () => toValue(enabled)] as const,
    ([id, active], _before, onCleanup) => {
      const store = storeOf(id);
      const update = (): void => {
        view.value = store.getSnapshot();
      };
      if (active) onCleanup(store.subscribe(update));
      update();
    },
    { immediate: true, flush: 'sync' },
  );

  return {
    view,
    percent: computed(() => view.value.state?.percent ?? 0),
    isEnded: computed(() => view.value.state !== undefined && isTerminalStatus(view.value.state.status)),
  };
}
