// For tests of the layers above the router's ports.
export * from './in-memory.ts';
export { callAs, firstMessage, messagesOf, refusal } from './callers.ts';
export { countTask, readTask, testRouter, testTasks, textTask } from './test-router.ts';
