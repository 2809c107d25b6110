import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeFiles, type FileChanges } from './file-changes.ts';
import { manifestText, parseManifest, readManifest, type Manifest } from './manifest.ts';
import { isOtherMajor } from './needed-versions.ts';
import type { Template } from './options.ts';
import { templateFiles } from './template-files.ts';
import { findTsconfigGaps, type TsconfigGaps } from './tsconfig-gaps.ts';

/** Folder of the added files, so that they mix with none of the project's. */
export const FOLDER = 'taskwire';
/** Packages of the template that a project has its own choice of. */
const OWN_CHOICE = /^(vite|@vitejs\/|vue-tsc$|typescript$|tsx$|@types\/|vitest$)/;

/** The files and entries that were added to a project. */
export interface Addition extends TsconfigGaps {
  template: Template;
  files: string[];
  /** New entries of package.json, as `dependencies: zod ^4.6.7`. */
  entries: string[];
  /** Dependencies that the project has in a version that its owner chose, as `zod ^3.0.0 (made with ^4.6.7)`. */
  kept: string[];
  /** Those of them whose major version Taskwire does not work with, as `@trpc/server to 11.19.0`. */
  otherMajors: string[];
  isIgnored: boolean;
}

/**
 * Adds a task, its handler, a server and a worker to a project, below `taskwire/`. It overwrites nothing.
 * @param asked the template; if absent, the project's dependencies choose it.
 * @throws Error if the project has no package.json, or one of the files already, or a file cannot be written: then nothing
 * is written.
 */
export async function addToProject(folder: string, asked?: Template): Promise<Addition> {
  const { manifest, ...form } = await readManifest(folder);
  const template = asked ?? templateFor(manifest);
  const all = await templateFiles(template, 'taskwire');
  const added = addedFiles(all, manifest);
  for (const path of added.keys()) {
    if (await exists(join(folder, path))) throw new Error(`${path} is there already: move it away, or delete it`);
  }
  if (manifest['taskwire'] !== undefined) throw new Error('package.json has "taskwire" already: delete it first');
  const { next, ...said } = withEntries(manifest, parseManifest(all.get('package.json') ?? '') ?? {});
  const isIgnored = await changeFiles(folder, async (changes) => {
    for (const [path, text] of added) await changes.create(path, text);
    await changes.replace('package.json', manifestText(next, form));
    return ignoreData(folder, changes);
  });
  const gaps = await findTsconfigGaps(folder, FOLDER);
  return { template, files: [...added.keys()].sort(), ...said, isIgnored, ...gaps };
}

/** The template whose page the project could hold. */
function templateFor(manifest: Manifest): Template {
  const present = dependenciesOf(manifest);
  if (present['vue'] !== undefined) return 'vue';
  return present['react'] === undefined ? 'node' : 'react';
}

/** All dependencies of a project, by name. */
function dependenciesOf({ dependencies, devDependencies, peerDependencies }: Manifest): Record<string, string> {
  return { ...peerDependencies, ...devDependencies, ...dependencies };
}

/** The files of `src/` without the page, below `taskwire/`. The test needs vitest. */
function addedFiles(all: ReadonlyMap<string, string>, manifest: Manifest): Map<string, string> {
  const hasVitest = dependenciesOf(manifest)['vitest'] !== undefined;
  const added = new Map<string, string>();
  for (const [path, text] of all) {
    if (!path.startsWith('src/') || path.startsWith('src/page/') || path === 'src/main.ts') continue;
    if (path.endsWith('.test.ts') && !hasVitest) continue;
    added.set(`${FOLDER}/${path.slice('src/'.length)}`, text);
  }
  // The files are ES modules, with `await` at their top level.
  if (manifest['type'] !== 'module') added.set(`${FOLDER}/package.json`, `${JSON.stringify({ type: 'module' })}\n`);
  return added;
}

const SCRIPTS = { 'taskwire:dev': 'taskwire dev', 'taskwire:migrate': 'taskwire migrate' };

type Entries = Pick<Addition, 'entries' | 'kept' | 'otherMajors'> & { next: Manifest };

function withEntries(manifest: Manifest, template: Manifest): Entries {
  const entries: string[] = [];
  const kept: string[] = [];
  const otherMajors: string[] = [];
  const present = dependenciesOf(manifest);
  const next: Manifest = { ...manifest };
  for (const group of ['dependencies', 'devDependencies'] as const) {
    const { missing, different, refused } = compared(template[group] ?? {}, present);
    kept.push(...different);
    otherMajors.push(...refused);
    entries.push(...Object.entries(missing).map(([name, version]) => `${group}: ${name} ${version}`));
    if (Object.keys(missing).length > 0) next[group] = sorted({ ...next[group], ...missing });
  }
  const scripts = Object.entries(SCRIPTS).filter(([name]) => manifest.scripts?.[name] === undefined);
  next.scripts = { ...manifest.scripts, ...Object.fromEntries(scripts) };
  next['taskwire'] = { server: `${FOLDER}/server.ts`, worker: `${FOLDER}/worker.ts` };
  entries.push(...scripts.map(([name]) => `scripts: ${name}`), 'taskwire: the files of server and worker');
  return { next, entries, kept, otherMajors };
}

/** The dependencies that a project lacks, those that it has in another version, and of these the ones that npm refuses. */
function compared(needed: Record<string, string>, present: Record<string, string>) {
  const missing: Record<string, string> = {};
  const different: string[] = [];
  const refused: string[] = [];
  for (const [name, version] of Object.entries(needed)) {
    const own = present[name];
    if (own === undefined && !OWN_CHOICE.test(name)) missing[name] = version;
    if (own === undefined || own === version) continue;
    different.push(`${name} ${own} (made with ${version})`);
    if (isOtherMajor(name, own, version)) refused.push(`${name} to ${version}`);
  }
  return { missing, different, refused };
}

function sorted(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Adds the folder of the data to .gitignore. @returns whether it was not there. */
async function ignoreData(folder: string, changes: FileChanges): Promise<boolean> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
  if (text.split('\n').some((line) => line.trim().replaceAll('/', '') === '.taskwire')) return false;
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  await changes.replace('.gitignore', `${text}${separator}.taskwire/\n`);
  return true;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
