import { createTemporaryTree, type TemporaryTree } from './temporary-tree.ts';

/** The folder of every package, by the name it has after `@taskwire/`. */
const FOLDERS = {
  protocol: 'packages/protocol',
  tasks: 'packages/tasks',
  'event-log': 'packages/event-log',
  queue: 'packages/queue',
  db: 'prisma',
  documents: 'packages/documents',
  router: 'packages/router',
  client: 'packages/client',
  react: 'packages/react',
  vue: 'packages/vue',
  cli: 'packages/cli',
  'dev-stack': 'packages/dev-stack',
  'test-kit': 'packages/test-kit',
  'process-kit': 'packages/process-kit',
  'standard-tasks': 'packages/standard-tasks',
  uploads: 'packages/uploads',
  'web-kit': 'packages/web-kit',
  theme: 'packages/theme',
  server: 'packages/server',
  worker: 'packages/worker',
  'create-taskwire': 'packages/create-taskwire',
  testing: 'packages/testing',
  api: 'apps/api',
  'worker-app': 'apps/worker',
  'web-react': 'apps/react',
  'web-vue': 'apps/vue',
};

// Their code lies in dist/, as that of most real ones does: an ignored `dist` would hide it.
const VENDORS = ['zod', 'ioredis', 'bullmq', '@prisma/client', '@trpc/server', 'handy'];
const DEVELOPMENT_VENDOR = 'only-for-development';
const UNDECLARED_VENDOR = 'undeclared';

/** A tree with every package of the repository, in which each imports nothing yet, and with these files on top. */
export function createMiniatureRepository(planted: Record<string, string>): Promise<TemporaryTree> {
  const files: Record<string, string> = {
    'tsconfig.base.json': '{}',
    'bench/package.json': '{}',
    'chaos/package.json': '{}',
    'e2e/package.json': '{}',
  };
  const links: Record<string, string> = {};
  for (const [name, folder] of Object.entries(FOLDERS)) {
    files[`${folder}/package.json`] = manifest(name);
    files[`${folder}/src/index.ts`] = 'export const value = 1;\nexport interface Shape {\n  value: number;\n}\n';
    links[`node_modules/@taskwire/${name}`] = folder;
  }
  for (const vendor of [...VENDORS, DEVELOPMENT_VENDOR, UNDECLARED_VENDOR]) {
    files[`node_modules/${vendor}/package.json`] = JSON.stringify({ name: vendor, main: 'dist/index.js' });
    files[`node_modules/${vendor}/dist/index.js`] = 'export const value = 1;\n';
  }
  return createTemporaryTree({ ...files, ...planted }, links);
}

function manifest(name: string): string {
  return JSON.stringify({
    name: `@taskwire/${name}`,
    type: 'module',
    exports: { '.': { 'taskwire-source': './src/index.ts', default: './dist/index.js' } },
    dependencies: Object.fromEntries(VENDORS.map((vendor) => [vendor, '1.0.0'])),
    devDependencies: { [DEVELOPMENT_VENDOR]: '1.0.0' },
  });
}
