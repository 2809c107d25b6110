// Set up
export { createTaskwire, provideTaskwire, useTaskwire } from './taskwire-plugin.ts';

// Composables
export { useTask } from './use-task.ts';
export type { LiveTask, UseTaskOptions } from './use-task.ts';
export { useCreateTask } from './use-create-task.ts';
export type { CreateTask } from './use-create-task.ts';

// Components
export { default as SSEStreamViewer } from './SSEStreamViewer.vue';
export { default as StageList } from './StageList.vue';
export { default as TaskLog } from './TaskLog.vue';
export type { DoneState, ViewerEvents, ViewerProperties } from './viewer-types.ts';
