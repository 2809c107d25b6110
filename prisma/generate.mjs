// Generates the Prisma client of the package in the current folder into its src/generated, without any download.
//
// The Prisma CLI fetches a schema engine binary before any command, although `generate` never runs it. Naming an
// executable that exists (this Node) keeps the CLI from fetching, so that generating works offline.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const prismaManifest = createRequire(import.meta.url).resolve('prisma/package.json');
const { status, error } = spawnSync(
  process.execPath,
  [join(dirname(prismaManifest), 'build', 'index.js'), 'generate', '--no-hints'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
);
if (error !== undefined) {
  throw error;
}
process.exit(status ?? 1);
