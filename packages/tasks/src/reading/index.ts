// Naming a kind, and giving types to what a server sends, without zod: for browsers.
export { taskKind } from '../definition/task-reference.ts';
export { readTaskMessage, readTaskState, readUnknownMessage, readUnknownState } from './read-task.ts';
