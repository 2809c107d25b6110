// For tests of the layers above the router's ports.
export { MemoryLogs, type Tamper, type TamperTopic } from '../in-memory/memory-logs.ts';
export { MemoryPorts } from './test-ports.ts';
export { callAs, firstMessage, messagesOf, refusal } from './callers.ts';
export { countTask, readTask, testRouter, testTasks, textTask } from './test-router.ts';
