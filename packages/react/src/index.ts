// Set up
export { TaskwireProvider, createTaskwireQueryClient } from './taskwire-provider.tsx';
export type { TaskwireProviderProps } from './taskwire-provider.tsx';

// Hooks
export { useTaskwire } from './taskwire-provider.tsx';
export { useTask } from './use-task.ts';
export type { UseTaskOptions } from './use-task.ts';
export { useCreateTask } from './use-create-task.ts';
export type { CreateTask } from './use-create-task.ts';
export type { LiveTask } from '@taskwire/client';
