// Set up
export { TaskwireProvider } from './taskwire-provider.tsx';
export type { TaskwireProviderProps } from './taskwire-provider.tsx';
export { createTaskwireQueryClient } from './query-client.ts';

// Hooks
export { useTaskwire } from './taskwire-context.ts';
export { useTask } from './use-task.ts';
export type { LiveTask } from './use-task.ts';
export { useCreateTask } from './use-create-task.ts';
export type { CreateTask } from './use-create-task.ts';

// The hooks that @trpc/react-query makes of the router
export { trpc } from './trpc.ts';
