import { CommandFailure } from '../../output/command-failure.ts';
import { findModule, installCommand } from './packages.ts';
import type { TeamSettings } from './settings.ts';

/** The migrations of one package that were applied now, by name; undefined for a package without migrations. */
export interface PackageMigrations {
  package: string;
  applied: readonly string[] | undefined;
}

/** The database to migrate. */
export interface MigratedDatabase {
  databaseUrl: string;
  /** The schema out of which tables of a version before 20261128 are moved. */
  from?: string;
}

const CORE = '@taskwire/db';
/** Packages that bring the core's migrations, of the version that they need. */
const CORE_USERS = ['@taskwire/server', '@taskwire/worker'];

/** The migrations of one package, found and not applied. */
interface MigrationSource {
  package: string;
  /** Its module, and the function in it; undefined for a package without migrations. */
  module: { url: string; exported: string } | undefined;
}

/**
 * Finds the migrations of Taskwire itself, and those of each extension, in the order of the settings.
 * @throws CommandFailure naming the package that is missing, and the remedy.
 */
export function findMigrations({ folder, extensions }: TeamSettings): MigrationSource[] {
  const core = { package: CORE, module: { url: findCore(folder), exported: 'migrateDatabase' } };
  const others = extensions.map((name) => {
    const url = findExtension(folder, name);
    return { package: name, module: url === undefined ? undefined : { url, exported: 'migrate' } };
  });
  return [core, ...others];
}

/**
 * Applies the pending migrations of each source.
 * @throws CommandFailure naming the package and the remedy.
 */
export async function applyAll(
  sources: readonly MigrationSource[],
  address: MigratedDatabase,
): Promise<PackageMigrations[]> {
  const migrated: PackageMigrations[] = [];
  for (const { package: name, module } of sources) {
    const applied = module === undefined ? undefined : await applyMigrations(module, { name, ...address });
    migrated.push({ package: name, applied });
  }
  return migrated;
}

function findCore(folder: string): string {
  const direct = findModule(CORE, folder);
  if (typeof direct === 'object') return direct.url;
  for (const name of CORE_USERS) {
    const user = findModule(name, folder);
    const found = typeof user === 'object' ? findModule(CORE, new URL(user.url)) : user;
    if (typeof found === 'object') return found.url;
  }
  throw new CommandFailure(
    `@taskwire/server, which brings Taskwire's migrations, is not installed in ${folder}: ` +
      installCommand(folder, '@taskwire/server'),
  );
}

/** The module with the migrations of an extension; undefined if it has none. */
function findExtension(folder: string, name: string): string | undefined {
  const found = findModule(`${name}/migrate`, folder);
  if (typeof found === 'object') return found.url;
  if (found === 'not exported') return undefined;
  throw new CommandFailure(
    `"taskwire.extensions": ${name} is not installed in ${folder}: ${installCommand(folder, name)}, or take it out`,
  );
}

async function applyMigrations(
  { url, exported }: { url: string; exported: string },
  { name, ...address }: { name: string } & MigratedDatabase,
): Promise<readonly string[]> {
  const migrate = exportOf(await load(url, name), exported);
  if (!isMigrate(migrate)) {
    throw new CommandFailure(`${name} has no function ${exported}: install versions that belong together`);
  }
  try {
    return appliedOf(await migrate(address));
  } catch (error) {
    throw new CommandFailure(`${name}: ${reasonOf(error)}`, { cause: error });
  }
}

async function load(url: string, name: string): Promise<unknown> {
  try {
    const module: unknown = await import(url);
    return module;
  } catch (error) {
    throw new CommandFailure(`${name} cannot be loaded: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isAway = 'code' in error && error.code === 'unreachable';
  return isAway ? `${error.message}: start it, or mend DATABASE_URL` : error.message;
}

function exportOf(module: unknown, name: string): unknown {
  if (typeof module !== 'object' || module === null) return undefined;
  return Object.entries(module).find(([each]) => each === name)?.[1];
}

function isMigrate(value: unknown): value is (options: MigratedDatabase) => Promise<unknown> {
  return typeof value === 'function';
}

function appliedOf(result: unknown): readonly string[] {
  if (typeof result !== 'object' || result === null || !('applied' in result)) return [];
  return Array.isArray(result.applied) ? result.applied.map(String) : [];
}
