import { useMutation } from '@tanstack/react-query';
import {
  toClientError,
  type Task,
  type TaskInput,
  type TaskKind,
  type TaskRequestOptions,
  type TaskwireClientError,
} from '@taskwire/client';
import { trpc, useTaskwire } from './taskwire-provider.tsx';

/** Creates tasks of one kind, and reports the state of the latest creation. */
export interface CreateTask<Kind extends TaskKind> {
  /** Creates a task. @throws TaskwireClientError, which is also in `error`. */
  create: (input: TaskInput<Kind>, options?: TaskRequestOptions) => Promise<Task<Kind>>;
  isPending: boolean;
  error: TaskwireClientError | undefined;
  /** The task of the latest creation. */
  data: Task<Kind> | undefined;
  /** Clears `error` and `data`. */
  reset: () => void;
}

interface Variables<Kind extends TaskKind> {
  input: TaskInput<Kind>;
  options: TaskRequestOptions;
}

/** A mutation that creates tasks of `kind` from that kind's input. Lists of tasks load again after it. */
export function useCreateTask<Kind extends TaskKind>(kind: Kind): CreateTask<Kind> {
  const client = useTaskwire();
  const utilities = trpc.useUtils();
  const mutation = useMutation<Task<Kind>, Error, Variables<Kind>>({
    mutationFn: ({ input, options }) => client.createTask<Kind>({ kind, input, ...options }),
    onSuccess: () => utilities.task.list.invalidate(),
  });
  return {
    create: (input, options = {}) => mutation.mutateAsync({ input, options }),
    isPending: mutation.isPending,
    error: mutation.error === null ? undefined : toClientError(mutation.error),
    data: mutation.data,
    reset: mutation.reset,
  };
}
