// Who may import what: the import table of ARCHITECTURE.md, enforced. Imports run downward only.
// `may`: packages of this repository; `types`: the same, by `import type` only; `vendors`: packages of others, `*` for
// any that the package's own package.json names.

/** @type {Record<string, { folder: string, may: string[], types?: string[], vendors: string[], typeVendors?: string[], browser?: true }>} */
const layers = {
  protocol: { folder: 'packages/protocol', may: [], vendors: [], browser: true },
  tasks: { folder: 'packages/tasks', may: ['protocol'], vendors: ['zod'], browser: true },
  'event-log': { folder: 'packages/event-log', may: ['protocol'], vendors: ['ioredis', 'zod'] },
  queue: { folder: 'packages/queue', may: ['protocol'], vendors: ['bullmq', 'ioredis'] },
  db: { folder: 'prisma', may: ['protocol'], vendors: ['@prisma/[^/]+', 'prisma', 'pg', 'zod'] },
  documents: { folder: 'packages/documents', may: ['protocol', 'db'], vendors: ['*'] },
  router: {
    folder: 'packages/router',
    may: ['protocol', 'tasks'],
    vendors: ['@trpc/server', 'zod'],
  },
  client: {
    folder: 'packages/client',
    may: ['protocol', 'tasks'],
    types: ['router'],
    // A link of one's own is written with observables, which tRPC keeps in its server package.
    vendors: ['@trpc/client', '@trpc/server/dist/observable', 'eventsource'],
    typeVendors: ['@trpc/server'],
    browser: true,
  },
  react: {
    folder: 'packages/react',
    may: ['client', 'protocol'],
    types: ['router', 'tasks'],
    vendors: ['react', 'react-dom', '@tanstack/react-query'],
    browser: true,
  },
  vue: {
    folder: 'packages/vue',
    may: ['client', 'protocol'],
    types: ['router', 'tasks'],
    vendors: ['vue', '@vue/[^/]+'],
    browser: true,
  },
  cli: {
    folder: 'packages/cli',
    may: ['client', 'protocol', 'tasks', 'dev-stack'],
    types: ['router'],
    vendors: ['*'],
  },
  'dev-stack': { folder: 'packages/dev-stack', may: [], vendors: ['*'] },
  'test-kit': { folder: 'packages/test-kit', may: ['dev-stack', 'db'], vendors: ['*'] },
  uploads: { folder: 'packages/uploads', may: [], vendors: ['zod', '@aws-sdk/client-s3'] },
  'process-kit': { folder: 'packages/process-kit', may: ['db', 'event-log'], vendors: ['pino', 'zod'] },
  'web-kit': {
    folder: 'packages/web-kit',
    may: ['protocol', 'tasks', 'standard-tasks'],
    types: ['client', 'router'],
    vendors: ['zod'],
    browser: true,
  },
  theme: { folder: 'packages/theme', may: [], vendors: [], browser: true },
  server: {
    folder: 'packages/server',
    may: ['protocol', 'tasks', 'event-log', 'queue', 'db', 'router', 'process-kit', 'uploads'],
    vendors: ['*'],
  },
  worker: {
    folder: 'packages/worker',
    may: ['protocol', 'tasks', 'event-log', 'queue', 'db', 'process-kit', 'uploads'],
    types: ['router'],
    vendors: ['*'],
  },
  'standard-tasks': {
    folder: 'packages/standard-tasks',
    may: ['protocol', 'tasks', 'db', 'documents', 'uploads', 'router', 'server', 'worker', 'cli', 'process-kit'],
    types: ['client'],
    vendors: ['*'],
  },
  testing: {
    folder: 'packages/testing',
    may: ['protocol', 'tasks', 'router', 'worker'],
    types: ['client'],
    vendors: ['@sinonjs/fake-timers', '@trpc/server', 'zod'],
  },
  'create-taskwire': { folder: 'packages/create-taskwire', may: [], vendors: [] },
  api: { folder: 'apps/api', may: ['standard-tasks', 'server', 'process-kit', 'db'], vendors: ['*'] },
  'worker-app': { folder: 'apps/worker', may: ['standard-tasks', 'worker', 'process-kit'], vendors: ['*'] },
  'web-react': {
    folder: 'apps/react',
    may: ['react', 'client', 'tasks', 'standard-tasks', 'web-kit', 'theme'],
    types: ['protocol', 'router'],
    vendors: ['*'],
    browser: true,
  },
  'web-vue': {
    folder: 'apps/vue',
    may: ['vue', 'client', 'tasks', 'standard-tasks', 'web-kit', 'theme'],
    types: ['protocol', 'router'],
    vendors: ['*'],
    browser: true,
  },
};

/** Code that is not shipped: tests, what only tests use, and settings of tools. */
const NOT_SHIPPED = [
  '\\.test(-d)?\\.(tsx?|vue)$',
  '/src/testing/',
  '/src/.+/testing/',
  '^(bench|chaos|e2e)/',
  '^scripts/',
  '^packages/worker/source-thread\\.mjs$',
  '^packages/documents/bundle-box\\.mjs$',
  '^packages/create-taskwire/build-templates\\.mjs$',
  '\\.config\\.ts$',
];
const OURS = `^(${Object.values(layers)
  .map((one) => one.folder)
  .join('|')})/`;
const VENDORS = 'node_modules/';
/** Packages that a build takes into its output (`build-package.mjs --bundle`). */
const BUNDLED = ['node_modules/redis-memory-server/'];

function folderOf(name) {
  return `^${layers[name].folder}/`;
}

function vendorPaths(vendors) {
  return vendors.map((vendor) => (vendor === '*' ? VENDORS : `node_modules/${vendor}/`));
}

/** What a package's row of the table says, as rules. */
function rulesOf([name, row]) {
  const types = row.types ?? [];
  const typeVendors = row.typeVendors ?? [];
  const from = { path: folderOf(name), pathNot: NOT_SHIPPED };
  const may = [...row.may, ...types].map(folderOf);
  const vendors = vendorPaths([...row.vendors, ...typeVendors]);
  const rules = [
    {
      name: `${name}-imports`,
      comment: `${name} may import: ${[...row.may, ...row.vendors].join(', ') || 'nothing'}`,
      severity: 'error',
      from,
      to: { path: [OURS, VENDORS], pathNot: [folderOf(name), ...may, ...vendors] },
    },
  ];
  if (types.length + typeVendors.length > 0) {
    rules.push({
      name: `${name}-types-only`,
      comment: `${name} may import only types of: ${[...types, ...typeVendors].join(', ')}`,
      severity: 'error',
      from,
      to: {
        path: [...types.map(folderOf), ...vendorPaths(typeVendors)],
        pathNot: vendorPaths(row.vendors),
        dependencyTypesNot: ['type-only'],
      },
    });
  }
  if (row.browser === true) {
    rules.push({
      name: `${name}-in-browsers`,
      comment: `${name} runs in browsers: nothing of Node`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(layers).flatMap(rulesOf),
    {
      name: 'nobody-imports-apps',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/[^/]+|prisma|chaos|e2e|scripts|bench)/' },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
    {
      name: 'only-queue-knows-bullmq',
      severity: 'error',
      // Measured against others, BullMQ's own events are used as its users do.
      from: { pathNot: [folderOf('queue'), '^(bench|chaos)/src/peers/'] },
      to: { path: 'node_modules/bullmq/' },
    },
    {
      name: 'only-db-knows-prisma',
      comment: 'And documents, for the client of their own tables.',
      severity: 'error',
      from: { pathNot: [folderOf('db'), '^packages/documents/(prisma[.]config[.]ts|src/(database|generated)/)'] },
      to: { path: 'node_modules/(@prisma/[^/]+|prisma)/' },
    },
    {
      name: 'standard-definitions-in-browsers',
      comment:
        'Pages load the definitions and words of the standard tasks, and nothing of their server, worker and CLI.',
      severity: 'error',
      from: {
        path: ['^packages/standard-tasks/src/(definitions|words)/', '^packages/standard-tasks/src/index[.]ts$'],
        pathNot: NOT_SHIPPED,
      },
      to: {
        path: ['^packages/standard-tasks/src/(server|worker|cli)/', '^packages/(documents|server|worker)/', '^node:'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'transports-stand-apart',
      comment: 'A transport uses the gateway, and no other transport.',
      severity: 'error',
      from: { path: '^packages/server/src/streams/transports/([^/]+)/' },
      to: {
        path: '^packages/server/src/streams/transports/[^/]+/',
        pathNot: '^packages/server/src/streams/transports/$1/',
      },
    },
    {
      name: 'streams-know-no-transport',
      comment: 'What all transports share imports none of them.',
      severity: 'error',
      from: {
        path: '^packages/server/src/streams/(formats|connection|broadcast|limits|gateway)/',
        pathNot: NOT_SHIPPED,
      },
      to: { path: '^packages/server/src/streams/transports/' },
    },
    {
      name: 'formats-know-no-stream',
      comment: 'A format turns messages into bytes: it imports neither connections nor what stands above them.',
      severity: 'error',
      from: { path: '^packages/server/src/streams/formats/', pathNot: NOT_SHIPPED },
      to: { path: '^packages/server/src/streams/(connection|broadcast|limits|gateway)/' },
    },
    {
      name: 'oracle-is-independent',
      comment: 'What judges the system uses none of its code.',
      severity: 'error',
      from: { path: '^chaos/src/(oracle|truth)/', pathNot: '\\.test\\.ts$' },
      to: { path: OURS },
    },
    {
      name: 'cli-loads-dev-stack-late',
      comment: 'An installation for production lacks it, and every command would load it: import it where it is used.',
      severity: 'error',
      from: { path: folderOf('cli'), pathNot: NOT_SHIPPED },
      to: { path: folderOf('dev-stack'), dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'Cycles of types count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'packages-by-name',
      comment: 'Another package is imported by its name, so that only what it exports can be used.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/[^/]+|prisma|chaos|e2e|scripts|bench)/' },
      to: { path: OURS, pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-dependencies',
      comment: 'What is shipped needs only what its package.json names under dependencies, or what its build bundles.',
      severity: 'error',
      from: { path: OURS, pathNot: NOT_SHIPPED },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'npm-peer', 'type-only'],
        pathNot: BUNDLED,
      },
    },
    {
      name: 'no-undeclared-dependencies',
      severity: 'error',
      from: {},
      // vitest is the root's, for every package's tests. An optional peer is found twice, once of no known sort.
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer'],
        pathNot: 'node_modules/vitest/',
      },
    },
    {
      name: 'no-tests-in-shipped-code',
      severity: 'error',
      from: { path: OURS, pathNot: NOT_SHIPPED },
      to: { path: NOT_SHIPPED },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/src/generated/'] },
    // Of ours only: a bare `dist/` would also hide what lies in the dist folders of vendors, and with it their rules.
    exclude: {
      path: [`${OURS}dist/`, '^bench/dist/', '^packages/create-taskwire/templates/', '^e2e/src/registry/foreign-app/'],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['taskwire-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.vue', '.json', '.css'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
