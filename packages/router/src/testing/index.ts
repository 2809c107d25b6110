// For tests of what stands above the router's ports.
export { MemoryPorts } from './memory-ports.ts';
export { MemoryLogs, type Tamper } from './memory-logs.ts';
