import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Test files that mostly wait: for processes to end, for locks, tokens and time limits to run out. They begin first, so
 * that the others run beside them, and none of them is what a run waits for at its end. By their time, longest first.
 * Each entry is the end of one file's path.
 */
export const SLOW_FILES: readonly string[] = [
  'registry/foreign-app.test.ts',
  'template-vue.test.ts',
  'template-react.test.ts',
  'stalls-and-deaths.test.ts',
  'run-chaos.test.ts',
  'installing.test.ts',
  'template-node.test.ts',
  'health.test.ts',
  'server/src/stop-on-signal.test.ts',
  'process-kit/src/stop-on-signal.test.ts',
  'expiry.test.ts',
  'e2e/src/pages.test.ts',
  'read-in-box.test.ts',
  'evicted-keys.test.ts',
  'stalls.test.ts',
  'queue.test.ts',
  'deaths.test.ts',
  'api-killed.test.ts',
  'worker.test.ts',
  'behind-a-proxy.test.ts',
  'leak-check.test.ts',
  'start.test.ts',
  'postgres-away.test.ts',
  'pinging.test.ts',
  'stock-clients.test.ts',
  'reindexer.test.ts',
  'client/src/transport/foreign-answers.test.ts',
  'malformed.test.ts',
  'process.test.ts',
  'watch-task.test.ts',
  'redis-access.test.ts',
  'connections.test.ts',
];

/** Starts the slow files first. The others keep the order of their projects: files of one project may share a process. */
export class SlowFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications);
    return sorted.toSorted((one, other) => rankOf(one.moduleId) - rankOf(other.moduleId));
  }
}

function rankOf(path: string): number {
  const place = SLOW_FILES.findIndex((end) => path.endsWith(`/${end}`));
  return place === -1 ? SLOW_FILES.length : place;
}
