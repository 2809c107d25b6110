import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { SlowFirst } from './scripts/test/slow-first.ts';

// Workspace packages are taken from their sources; the rest are vite's own conditions.
const conditions = ['taskwire-source', 'module', 'development|production'];
// Node itself knows no `module`: files for bundlers leave out extensions, without which it finds no file.
const onServer = {
  conditions: ['taskwire-source', 'development|production', 'node'],
  mainFields: ['main'],
  externalConditions: ['taskwire-source', 'node'],
};
const sharedServers = fileURLToPath(new URL('scripts/testing/shared-servers.ts', import.meta.url));

const NOT_TESTED = ['**/node_modules/**', '**/dist/**', '**/generated/**'];
const registrySetup = fileURLToPath(new URL('e2e/src/registry/global-setup.ts', import.meta.url));

type TestSettings = NonNullable<TestProjectInlineConfiguration['test']>;

/** The tests of one folder, under the name by which `vitest --project` picks them. */
function project(name: string, root: string, test: TestSettings = {}): TestProjectInlineConfiguration {
  return {
    plugins: [vue()],
    resolve: { conditions: [...conditions, 'browser'] },
    ssr: { resolve: onServer },
    // Where vitest runs a global setup.
    environments: { __vitest__: { resolve: onServer } },
    test: {
      name,
      root,
      include: ['**/*.test.{ts,tsx}'],
      exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/templates/**'],
      testTimeout: 30_000,
      hookTimeout: 60_000,
      ...test,
    },
  };
}

/** For tests that leave nothing behind in a module: the files of a project share a process, which loads modules once. */
const sharesProcess: TestSettings = { isolate: false };

/** Tests that need PostgreSQL and Redis, which are started once for the whole run. */
function projectWithServers(name: string, root: string, test: TestSettings = {}): TestProjectInlineConfiguration {
  return project(name, root, { globalSetup: [sharedServers], ...test });
}

const wholeSystems: TestSettings = {
  testTimeout: 240_000,
  hookTimeout: 240_000,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    // Twice the cores of a small machine: many tests wait, for processes, locks and time limits.
    maxWorkers: 4,
    sequence: { sequencer: SlowFirst },
    projects: [
      project('scripts', 'scripts', { testTimeout: 300_000 }),
      project('protocol', 'packages/protocol', sharesProcess),
      project('tasks', 'packages/tasks', sharesProcess),
      projectWithServers('documents', 'packages/documents', sharesProcess),
      project('router', 'packages/router', sharesProcess),
      projectWithServers('dev-stack', 'packages/dev-stack', { testTimeout: 120_000, hookTimeout: 120_000 }),
      projectWithServers('db', 'prisma', sharesProcess),
      projectWithServers('event-log', 'packages/event-log', sharesProcess),
      projectWithServers('queue', 'packages/queue', sharesProcess),
      project('client', 'packages/client', sharesProcess),
      project('react', 'packages/react', sharesProcess),
      project('vue', 'packages/vue', sharesProcess),
      project('web-kit', 'packages/web-kit', sharesProcess),
      project('theme', 'packages/theme', sharesProcess),
      project('cli', 'packages/cli', sharesProcess),
      // A virtual clock is of a whole process.
      project('testing', 'packages/testing'),
      project('create-taskwire', 'packages/create-taskwire', sharesProcess),
      project('process-kit', 'packages/process-kit'),
      projectWithServers('test-kit', 'packages/test-kit'),
      projectWithServers('standard-tasks', 'packages/standard-tasks', sharesProcess),
      project('uploads', 'packages/uploads', sharesProcess),
      projectWithServers('server', 'packages/server', sharesProcess),
      projectWithServers('worker', 'packages/worker', sharesProcess),
      project('web-react', 'apps/react'),
      project('web-vue', 'apps/vue'),
      projectWithServers('bench', 'bench', sharesProcess),
      // Whole systems with browsers: two at a time, after everything else.
      projectWithServers('e2e', 'e2e', { ...wholeSystems, exclude: [...NOT_TESTED, 'src/registry/**'] }),
      projectWithServers('chaos', 'chaos', { ...wholeSystems, ...sharesProcess }),
      // Projects outside of the workspace, which install from a registry of the run.
      project('registry', 'e2e/src/registry', {
        ...wholeSystems,
        globalSetup: [sharedServers, registrySetup],
        exclude: [...NOT_TESTED, 'foreign-app/**'],
        testTimeout: 600_000,
      }),
    ],
  },
});
