import {
  toClientError,
  type DefinitionOf,
  type SelectedTask,
  type TaskInput,
  type TaskReference,
  type TaskRequestOptions,
  type TaskwireClientError,
} from '@taskwire/client';
import { shallowRef, type ShallowRef } from 'vue';
import { useTaskwire } from './taskwire-plugin.ts';

/** Creates tasks of one kind, and reports the state of the latest creation. */
export interface CreateTask<Reference extends TaskReference> {
  /** Creates a task. @throws TaskwireClientError, which is also in `error`. */
  create: (input: TaskInput<DefinitionOf<Reference>>, options?: TaskRequestOptions) => Promise<SelectedTask<Reference>>;
  isPending: Readonly<ShallowRef<boolean>>;
  error: Readonly<ShallowRef<TaskwireClientError | undefined>>;
  /** The task of the latest creation. */
  data: Readonly<ShallowRef<SelectedTask<Reference> | undefined>>;
  /** Clears `error` and `data`. */
  reset: () => void;
}

/**
 * Creates tasks of one kind from that kind's input.
 * @param task a definition, or a name from `taskKind`.
 */
export function useCreateTask<const Reference extends TaskReference>(task: Reference): CreateTask<Reference> {
  const client = useTaskwire();
  const isPending = shallowRef(false);
  const error = shallowRef<TaskwireClientError>();
  const data = shallowRef<SelectedTask<Reference>>();
  /** Number of creations: only the latest one changes what is shown. */
  let creations = 0;

  function reset(): void {
    error.value = undefined;
    data.value = undefined;
  }

  async function create(
    input: TaskInput<DefinitionOf<Reference>>,
    options: TaskRequestOptions = {},
  ): Promise<SelectedTask<Reference>> {
    reset();
    isPending.value = true;
    creations += 1;
    const creation = creations;
    const isLatest = () => creation === creations;
    try {
      const created = await client.tasks.create(task, input, options);
      if (isLatest()) data.value = created;
      return created;
    } catch (thrown) {
      const failure = toClientError(thrown);
      if (isLatest()) error.value = failure;
      throw failure;
    } finally {
      if (isLatest()) isPending.value = false;
    }
  }

  return { create, isPending, error, data, reset };
}
