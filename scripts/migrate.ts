import { databaseUrl } from './env.ts';
import { Problem, toProblem } from './lib/problem.ts';
import { printLine, printProblem, step } from './lib/terminal.ts';
import { generate } from './start/build.ts';

/** Applies the pending migrations to the database that DATABASE_URL names. */
async function migrate(url: string | undefined): Promise<void> {
  if (url === undefined) {
    throw new Problem('DATABASE_URL is not set.', {
      remedy: 'Set it to the database to migrate: DATABASE_URL=postgresql://user:password@host:5432/name',
    });
  }
  await step('Generated code', () => generate());
  const { migrateDatabase } = await import('@taskwire/db');
  const { applied } = await step('Database schema', () => migrateDatabase({ databaseUrl: url }));
  for (const name of applied) printLine(name);
}

try {
  await migrate(databaseUrl);
} catch (error) {
  printProblem(toProblem(error));
  process.exitCode = 1;
}
