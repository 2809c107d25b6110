// Ports in memory, for servers in tests and fake servers.
export { MemoryPorts } from './memory-ports.ts';
export { MemoryLogs, type Tamper, type TamperTopic } from './memory-logs.ts';
