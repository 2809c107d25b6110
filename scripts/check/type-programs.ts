import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { inRepository, isFile } from '../lib/repository.ts';

/** One run of a compiler: the folders that share a set of compiler options. */
export interface TypeProgram {
  /** Names its settings file: `apps-vue`. */
  name: string;
  folders: string[];
  compiler: 'tsc' | 'vue-tsc';
  settings: ProgramSettings;
}

interface ProgramSettings {
  extends: string;
  compilerOptions: Record<string, unknown>;
  /** Paths from the repository's root. */
  include: string[];
  exclude: string[];
}

/** Strict: a program of several folders would leave out any other setting of one. */
const settingsSchema = z.strictObject({
  extends: z.string().regex(/^(\.{1,2}\/)+tsconfig\.base\.json$/),
  compilerOptions: z.record(z.string(), z.unknown()).default({}),
  include: z.array(z.string()),
  exclude: z.array(z.string()).default([]),
});

/** Each adds commands to ioredis' types. In one program, one would see the other's commands. */
const ALONE: readonly string[] = ['packages/event-log', 'packages/queue'];

/** The settings that all packages extend, from the repository's root. */
const BASE = 'tsconfig.base.json';

/** Folder of the programs' settings, from the repository's root. */
const SETTINGS_FOLDER = join('node_modules', '.cache', 'taskwire', 'types');

/**
 * Divides all folders that have a `tsconfig.json` into programs. Folders with the same options share a program, so that
 * a package that many import is checked once. A folder keeps its own options: its libraries and its global types.
 */
export async function findTypePrograms(): Promise<TypeProgram[]> {
  const programs = new Map<string, TypeProgram>();
  for (const folder of await workspaceFolders()) {
    if (!(await isFile(inRepository(folder, 'tsconfig.json')))) continue;
    const settings = settingsSchema.parse(JSON.parse(await readFile(inRepository(folder, 'tsconfig.json'), 'utf8')));
    const compiler = (await hasVueCompiler(folder)) ? 'vue-tsc' : 'tsc';
    const key = JSON.stringify([settings.compilerOptions, compiler, ALONE.includes(folder) ? folder : '']);
    const program = programs.get(key) ?? newProgram(folder, compiler, settings.compilerOptions);
    program.folders.push(folder);
    program.settings.include.push(...settings.include.map((path) => join(folder, path)));
    program.settings.exclude.push(...settings.exclude.map((path) => join(folder, path)));
    programs.set(key, program);
  }
  return [...programs.values()];
}

/** Writes a program's settings. @returns their path */
export async function writeSettings(program: TypeProgram): Promise<string> {
  const folder = inRepository(SETTINGS_FOLDER);
  const toRoot = relative(folder, inRepository());
  const fromFolder = (path: string): string => join(toRoot, path);
  const { include, exclude, compilerOptions } = program.settings;
  const settings = {
    extends: fromFolder(BASE),
    compilerOptions: { ...compilerOptions, incremental: true, tsBuildInfoFile: `${program.name}.tsbuildinfo` },
    include: include.map(fromFolder),
    exclude: ['node_modules', 'dist', ...exclude].map(fromFolder),
  };
  const path = join(folder, `${program.name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, JSON.stringify(settings, undefined, 2));
  return path;
}

function newProgram(
  folder: string,
  compiler: TypeProgram['compiler'],
  compilerOptions: Record<string, unknown>,
): TypeProgram {
  const name = folder === '.' ? 'root' : folder.replaceAll('/', '-');
  return { name, folders: [], compiler, settings: { extends: BASE, compilerOptions, include: [], exclude: [] } };
}

/** The folders of all packages, and the root. */
async function workspaceFolders(): Promise<string[]> {
  const nested = await Promise.all(
    ['packages', 'apps'].map(async (parent) =>
      (await readdir(inRepository(parent))).map((name) => `${parent}/${name}`),
    ),
  );
  return ['.', 'prisma', ...nested.flat().sort(), 'bench', 'chaos', 'e2e'];
}

/** Whether a package has Vue components: it names vue-tsc among its dependencies. */
async function hasVueCompiler(folder: string): Promise<boolean> {
  const manifest = z
    .object({ devDependencies: z.record(z.string(), z.string()).default({}) })
    .parse(JSON.parse(await readFile(inRepository(folder, 'package.json'), 'utf8')));
  return 'vue-tsc' in manifest.devDependencies;
}
