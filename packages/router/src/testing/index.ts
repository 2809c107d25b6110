// For tests of the layers above the router's ports.
export { MemoryPorts } from './memory-ports.ts';
export { MemoryLogs, type Tamper, type TamperTopic } from './memory-logs.ts';
