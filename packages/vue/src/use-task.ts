import type { AnyKind, TaskStore, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useTaskwire } from './taskwire-plugin.ts';

/** What is known of a task now, and two things that most pages show. */
export interface LiveTask<Kind extends AnyKind = AnyKind> {
  view: Readonly<ShallowRef<TaskView<Kind>>>;
  /** Of the whole task, 0–100; 0 before anything is known. */
  percent: ComputedRef<number>;
  /** Whether the task has ended for good. */
  isEnded: ComputedRef<boolean>;
}

export interface UseTaskOptions<Kind extends AnyKind> {
  /** Narrows the state and the output to that kind. A task of another kind leads to `error`. */
  kind?: Kind;
  /** While false, nothing is watched and the view stays as it is. True if absent. */
  enabled?: MaybeRefOrGetter<boolean>;
}

/**
 * Watches a task until the scope that called this is disposed; another id moves on to that task. All watchers of a
 * task share one stream. `view` changes with each message, so that a watcher with `flush: 'sync'` sees them all.
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
