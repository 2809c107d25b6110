export { FakeServer } from './fake-server.ts';
export type { FakePorts } from './fake-ports.ts';
export type { FakeLogs, Tamper } from './fake-log.ts';
