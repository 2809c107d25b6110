import { useMutation } from '@tanstack/react-query';
import {
  toClientError,
  type Task,
  type TaskInput,
  type TaskKind,
  type TaskRequestOptions,
  type TaskwireClientError,
} from '@taskwire/client';
import { useTaskwire } from './taskwire-context.ts';
import { trpc } from './trpc.ts';

/** Creates tasks of one kind, and tells how the latest creation is going. */
export interface CreateTask<Kind extends TaskKind> {
  /** Creates a task. @throws TaskwireClientError, which is also in `error`. */
  create: (input: TaskInput<Kind>, options?: TaskRequestOptions) => Promise<Task<Kind>>;
  isPending: boolean;
  error: TaskwireClientError | undefined;
  /** The task that was created last. */
  data: Task<Kind> | undefined;
  /** Forgets `error` and `data`. */
  reset: () => void;
}

interface Variables<Kind extends TaskKind> {
  input: TaskInput<Kind>;
  options: TaskRequestOptions;
}

/** A mutation that creates tasks of `kind`, with that kind's input. Lists of tasks are asked for again after it. */
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
