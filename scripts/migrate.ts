import { parseArgs } from 'node:util';
import { printLine, printProblem, Problem, step, toProblem } from '@taskwire/dev-stack/programs';
import { databaseUrl } from './env.ts';
import { generate } from './start/build.ts';
import { applyMigrations } from './start/migrations.ts';

const USAGE = `usage: DATABASE_URL=… npx pnpm@12 db:migrate [--from SCHEMA]

  --from SCHEMA  move the tables of a version before 20261128 out of this schema, usually public`;

/** Applies the pending migrations to the database that DATABASE_URL names. */
async function migrate(url: string | undefined, from: string | undefined): Promise<void> {
  if (url === undefined) {
    throw new Problem('DATABASE_URL is not set.', {
      remedy: 'Set it to the database to migrate: DATABASE_URL=postgresql://user:password@host:5432/name',
    });
  }
  await step('Generated code', () => generate());
  const applied = await step('Database schema', () => applyMigrations(url, from));
  for (const name of applied) printLine(name);
}

function schemaToMoveFrom(): string | undefined {
  try {
    return parseArgs({ options: { from: { type: 'string' } } }).values.from;
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), { remedy: USAGE });
  }
}

try {
  await migrate(databaseUrl, schemaToMoveFrom());
} catch (error) {
  printProblem(toProblem(error));
  process.exitCode = 1;
}
