import { AsyncLocalStorage } from 'node:async_hooks';

/** The id of the task whose handler the current code belongs to: tells whose an uncaught exception is. */
export const taskScope = new AsyncLocalStorage<string>();
