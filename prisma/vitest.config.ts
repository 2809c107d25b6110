import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['taskwire-source', 'node'] } },
  test: {
    name: 'db',
    environment: 'node',
    globalSetup: ['../packages/dev-stack/src/vitest-global-setup.ts'],
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
