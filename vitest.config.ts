import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// Workspace packages are taken from their sources; the rest are vite's own conditions.
const conditions = ['taskwire-source', 'module', 'development|production'];
const sharedServers = fileURLToPath(new URL('scripts/testing/shared-servers.ts', import.meta.url));

type TestSettings = NonNullable<TestProjectInlineConfiguration['test']>;

/** The tests of one folder, under the name by which `vitest --project` picks them. */
function project(name: string, root: string, test: TestSettings = {}): TestProjectInlineConfiguration {
  return {
    plugins: [vue()],
    resolve: { conditions: [...conditions, 'browser'] },
    ssr: { resolve: { conditions: [...conditions, 'node'], externalConditions: ['taskwire-source', 'node'] } },
    test: {
      name,
      root,
      include: ['**/*.test.{ts,tsx}'],
      exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**'],
      testTimeout: 30_000,
      hookTimeout: 60_000,
      ...test,
    },
  };
}

/** Tests that need PostgreSQL and Redis, which are started once for the whole run. */
function projectWithServers(name: string, root: string, test: TestSettings = {}): TestProjectInlineConfiguration {
  return project(name, root, { globalSetup: [sharedServers], ...test });
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('scripts', 'scripts', { testTimeout: 300_000 }),
      project('protocol', 'packages/protocol'),
      project('tasks', 'packages/tasks'),
      projectWithServers('documents', 'packages/documents'),
      project('router', 'packages/router'),
      projectWithServers('dev-stack', 'packages/dev-stack', { testTimeout: 120_000, hookTimeout: 120_000 }),
      projectWithServers('db', 'prisma'),
      projectWithServers('event-log', 'packages/event-log'),
      projectWithServers('queue', 'packages/queue'),
      project('client', 'packages/client'),
      project('react', 'packages/react'),
      project('vue', 'packages/vue'),
      project('web-kit', 'packages/web-kit'),
      project('theme', 'packages/theme'),
      project('cli', 'packages/cli'),
      project('process-kit', 'packages/process-kit'),
      projectWithServers('testing', 'packages/testing'),
      projectWithServers('api', 'apps/api'),
      projectWithServers('worker', 'apps/worker'),
      project('web-react', 'apps/react'),
      project('web-vue', 'apps/vue'),
      projectWithServers('bench', 'bench'),
      // Whole systems with browsers: alone, after everything else.
      projectWithServers('e2e', 'e2e', {
        testTimeout: 240_000,
        hookTimeout: 240_000,
        maxWorkers: 1,
        sequence: { groupOrder: 1 },
      }),
      projectWithServers('chaos', 'chaos', {
        testTimeout: 240_000,
        hookTimeout: 240_000,
        maxWorkers: 1,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
