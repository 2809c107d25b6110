import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../input/usage-error.ts';

/** Options of the command line that stand for settings in package.json. */
export interface SettingOptions {
  server?: string;
  worker?: string;
  page?: string;
  path?: string;
  extensions?: string[];
}

/** The `taskwire` settings of a team's package.json. */
export interface TeamSettings {
  /** Folder of package.json. */
  folder: string;
  /** The server's and the worker's first file, absolute. */
  server: string;
  worker: string;
  /** Shell command that serves the page; none if absent. */
  page?: string;
  /** Path of Taskwire's handler in the server, such as `/taskwire`; empty: the root. */
  path: string;
  /** Packages with migrations of their own. */
  extensions: readonly string[];
}

const DEFAULTS = { server: 'src/server.ts', worker: 'src/worker.ts' };
const FIELDS = ['server', 'worker', 'page', 'path', 'extensions'];
const EXAMPLE =
  '"taskwire": { "server": "src/server.ts", "worker": "src/worker.ts", "page": "vite", "extensions": [] }';

/**
 * Reads the settings from the nearest package.json; options win.
 * @param workingFolder where the search begins; it goes upward.
 * @throws UsageError naming the field and the remedy.
 */
export async function readTeamSettings(workingFolder: string, options: SettingOptions): Promise<TeamSettings> {
  const folder = findFolder(workingFolder);
  const written = await readField(folder);
  const page = options.page ?? textField(written, 'page', 'a command, such as "vite"');
  return {
    folder,
    server: resolve(folder, options.server ?? textField(written, 'server', 'a path') ?? DEFAULTS.server),
    worker: resolve(folder, options.worker ?? textField(written, 'worker', 'a path') ?? DEFAULTS.worker),
    ...(page === undefined ? {} : { page }),
    path: pathOf(options.path ?? written['path']),
    extensions: [...new Set(options.extensions ?? extensionsOf(written))],
  };
}

/** @throws UsageError if the first file of a program is missing. */
export function requireFile(settings: TeamSettings, program: 'server' | 'worker'): void {
  const file = settings[program];
  if (existsSync(file) && statSync(file).isFile()) return;
  throw new UsageError(
    `"taskwire.${program}": there is no file ${file}: create it, build it, or name yours, ` +
      `by "taskwire": { "${program}": "path" } in package.json or by --${program} path`,
  );
}

function findFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) {
      throw new UsageError(`there is no package.json in ${start} or above: run the command in your project's folder`);
    }
  }
}

/** The object under `taskwire`; empty if there is none. */
async function readField(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const file = join(folder, 'package.json');
  const { taskwire = {} } = parseManifest(await readFile(file, 'utf8'), file);
  if (!isObject(taskwire)) throw new UsageError(`"taskwire" in ${file} must be an object, such as ${EXAMPLE}`);
  const unknown = Object.keys(taskwire).filter((field) => !FIELDS.includes(field));
  if (unknown.length > 0) {
    const names = unknown.map((field) => `"taskwire.${field}"`).join(', ');
    throw new UsageError(`${names} in ${file}: there is no such setting; there are ${FIELDS.join(', ')}`);
  }
  return taskwire;
}

function parseManifest(text: string, file: string): { taskwire?: unknown } {
  try {
    const manifest: unknown = JSON.parse(text);
    return isObject(manifest) ? manifest : {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is not JSON (${reason}): mend it`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textField(written: Readonly<Record<string, unknown>>, field: string, meaning: string): string | undefined {
  const value = written[field];
  if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
  throw new UsageError(`"taskwire.${field}" in package.json must be ${meaning}, not ${JSON.stringify(value)}`);
}

function pathOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && /^(?:\/[^\s/?#]+)+$/.test(value)) return value;
  throw new UsageError(
    '"taskwire.path" must be the path that your server mounts Taskwire at, such as "/taskwire", without a slash at its ' +
      `end and without a query, not ${JSON.stringify(value)}; without it, Taskwire is at the root`,
  );
}

function extensionsOf({ extensions = [] }: Readonly<Record<string, unknown>>): string[] {
  const names: unknown[] = Array.isArray(extensions) ? extensions : [extensions];
  return names.map((name) => {
    if (Array.isArray(extensions) && typeof name === 'string' && name !== '') return name;
    throw new UsageError(
      '"taskwire.extensions" in package.json must be a list of package names, such as ["@taskwire/standard-tasks"], ' +
        `not ${JSON.stringify(extensions)}`,
    );
  });
}
