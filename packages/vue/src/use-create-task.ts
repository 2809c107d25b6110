import {
  toClientError,
  type Task,
  type TaskInput,
  type TaskKind,
  type TaskRequestOptions,
  type TaskwireClientError,
} from '@taskwire/client';
import { shallowRef, type ShallowRef } from 'vue';
import { useTaskwire } from './taskwire-plugin.ts';

/** Creates tasks of one kind, and reports the state of the latest creation. */
export interface CreateTask<Kind extends TaskKind> {
  /** Creates a task. @throws TaskwireClientError, which is also in `error`. */
  create: (input: TaskInput<Kind>, options?: TaskRequestOptions) => Promise<Task<Kind>>;
  isPending: Readonly<ShallowRef<boolean>>;
  error: Readonly<ShallowRef<TaskwireClientError | undefined>>;
  /** The task of the latest creation. */
  data: Readonly<ShallowRef<Task<Kind> | undefined>>;
  /** Clears `error` and `data`. */
  reset: () => void;
}

/** Creates tasks of `kind` from that kind's input. */
export function useCreateTask<Kind extends TaskKind>(kind: Kind): CreateTask<Kind> {
  const client = useTaskwire();
  const isPending = shallowRef(false);
  const error = shallowRef<TaskwireClientError>();
  const data = shallowRef<Task<Kind>>();

  function reset(): void {
    error.value = undefined;
    data.value = undefined;
  }

  async function create(input: TaskInput<Kind>, options: TaskRequestOptions = {}): Promise<Task<Kind>> {
    reset();
    isPending.value = true;
    try {
      const task = await client.createTask<Kind>({ kind, input, ...options });
      data.value = task;
      return task;
    } catch (thrown) {
      error.value = toClientError(thrown);
      throw error.value;
    } finally {
      isPending.value = false;
    }
  }

  return { create, isPending, error, data, reset };
}
