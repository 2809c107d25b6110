import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  toClientError,
  type DefinitionOf,
  type SelectedTask,
  type TaskInput,
  type TaskReference,
  type TaskRequestOptions,
  type TaskwireClientError,
} from '@taskwire/client';
import { useTaskwire } from './taskwire-provider.tsx';

/** Creates tasks of one kind, and reports the state of the latest creation. */
export interface CreateTask<Reference extends TaskReference> {
  /** Creates a task. @throws TaskwireClientError, which is also in `error`. */
  create: (input: TaskInput<DefinitionOf<Reference>>, options?: TaskRequestOptions) => Promise<SelectedTask<Reference>>;
  isPending: boolean;
  error: TaskwireClientError | undefined;
  /** The task of the latest creation. */
  data: SelectedTask<Reference> | undefined;
  /** Clears `error` and `data`. */
  reset: () => void;
}

interface Variables<Reference extends TaskReference> {
  input: TaskInput<DefinitionOf<Reference>>;
  options: TaskRequestOptions;
}

/**
 * A mutation that creates tasks of one kind from that kind's input. Lists of tasks load again after it.
 * @param task a definition, or a name from `taskKind`.
 */
export function useCreateTask<const Reference extends TaskReference>(task: Reference): CreateTask<Reference> {
  const client = useTaskwire();
  const cache = useQueryClient();
  const mutation = useMutation<SelectedTask<Reference>, Error, Variables<Reference>>({
    mutationFn: ({ input, options }) => client.tasks.create(task, input, options),
    // The key under which @trpc/react-query keeps lists of tasks.
    onSuccess: () => cache.invalidateQueries({ queryKey: [[...client.procedurePath, 'task', 'list']] }),
  });
  return {
    create: (input, options = {}) => mutation.mutateAsync({ input, options }),
    isPending: mutation.isPending,
    error: mutation.error === null ? undefined : toClientError(mutation.error),
    data: mutation.data,
    reset: mutation.reset,
  };
}
