import {
  EMPTY_VIEW,
  liveTaskOf,
  selectionKey,
  type LiveTask as LiveView,
  type NamedSelection,
  type TaskSelection,
  type TaskStore,
  type TaskView,
} from '@taskwire/client';
import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useTaskwire } from './taskwire-plugin.ts';

/** The live view of a task, and the values of its state. */
export interface LiveTask<Selection extends TaskSelection = undefined> {
  view: Readonly<ShallowRef<TaskView<Selection>>>;
  state: ComputedRef<LiveView<Selection>['state']>;
  /** Of the whole task, 0–100; 0 before the first snapshot. */
  percent: ComputedRef<number>;
  /** Whether the task has ended for good. */
  isEnded: ComputedRef<boolean>;
  /** The stages in their order; empty before the first snapshot. */
  stages: ComputedRef<LiveView<Selection>['stages']>;
  /** The task's channels, by name; without any before the first snapshot. */
  channels: ComputedRef<LiveView<Selection>['channels']>;
  /** The task's output once it is done. Over a list of kinds, `state.kind` determines its type. */
  output: ComputedRef<LiveView<Selection>['output']>;
}

export interface UseTaskOptions {
  /** While false, no stream is open and the view does not change. Absent: true. */
  enabled?: MaybeRefOrGetter<boolean>;
}

/** A task's id; undefined: there is no task yet. */
type TaskIdSource = MaybeRefOrGetter<string | undefined>;

/**
 * Watches a task until the calling scope ends. If the id changes, it watches the other task. All watchers of a task
 * share one stream. `view` changes with each message, so a watcher with `flush: 'sync'` sees every message.
 * @param task its kind, which types state, channels and output: a definition, a name from `taskKind`, or a list of them.
 * A task of another kind gives an `error`; under a list it is a state of an unknown kind.
 * @param taskId while it is undefined, the view is empty and no stream is open.
 */
export function useTask<const Selection extends NamedSelection>(
  task: Selection,
  taskId: TaskIdSource,
  options?: UseTaskOptions,
): LiveTask<Selection>;
/** Watches a task of any kind: its output is `unknown`. */
export function useTask(taskId: TaskIdSource, options?: UseTaskOptions): LiveTask;
export function useTask(
  first: NamedSelection | TaskIdSource,
  second: TaskIdSource | UseTaskOptions = {},
  third: UseTaskOptions = {},
): LiveTask<TaskSelection> {
  if (!isSelection(first)) return useWatchedTask(undefined, first, isOptions(second) ? second : {});
  return useWatchedTask(first, isOptions(second) ? undefined : second, third);
}

function isSelection(value: NamedSelection | TaskIdSource): value is NamedSelection {
  return Array.isArray(value) || (typeof value === 'object' && 'kind' in value);
}

function isOptions(value: TaskIdSource | UseTaskOptions): value is UseTaskOptions {
  return typeof value === 'object' && !('value' in value);
}

/** Watches a task whose kind may change too: if it names other kinds, the task is watched with their types. */
export function useWatchedTask<Selection extends TaskSelection>(
  task: Selection | (() => Selection),
  taskId: TaskIdSource,
  options: UseTaskOptions,
): LiveTask<Selection> {
  const client = useTaskwire();
  const { enabled = true } = options;
  const selection = (): Selection => (typeof task === 'function' ? task() : task);
  const storeOf = (id: string | undefined) =>
    id === undefined ? undefined : client.taskStore<Selection>(id, { task: selection() });
  const snapshotOf = (store: TaskStore<Selection> | undefined) => store?.getSnapshot() ?? EMPTY_VIEW;
  const view = shallowRef<TaskView<Selection>>(snapshotOf(storeOf(toValue(taskId))));

  watch(
    [() => toValue(taskId), () => toValue(enabled), () => selectionKey(selection())] as const,
    ([id, active], _before, onCleanup) => {
      const store = storeOf(id);
      const update = (): void => {
        view.value = snapshotOf(store);
      };
      if (active && store !== undefined) onCleanup(store.subscribe(update));
      update();
    },
    { immediate: true, flush: 'sync' },
  );

  const live = computed(() => liveTaskOf<Selection>(view.value));
  return {
    view,
    state: computed(() => live.value.state),
    percent: computed(() => live.value.percent),
    isEnded: computed(() => live.value.isEnded),
    stages: computed(() => live.value.stages),
    channels: computed(() => live.value.channels),
    output: computed(() => live.value.output),
  };
}
