import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The built program of a box, and the folders (`…/*`) that it may read. */
export interface BoxProgram {
  path: string;
  readable: readonly string[];
}

let found: Promise<BoxProgram> | undefined;

/** Finds the program. In a build it lies beside this module. From source it is bundled first, once per process. */
export function boxProgram(): Promise<BoxProgram> {
  found ??= pathOfProgram()
    .then(programAt)
    .catch((error: unknown) => {
      found = undefined;
      throw error;
    });
  return found;
}

async function pathOfProgram(): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) return fileURLToPath(new URL('./reading/box/box-process.js', import.meta.url));
  const bundler = fileURLToPath(new URL('../../../../bundle-box.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [bundler]);
  return stdout.trim();
}

function programAt(path: string): BoxProgram {
  const modules = ancestorsOf(path).map((folder) => join(folder, 'node_modules'));
  const folders = [join(dirname(path), '../..'), ...modules.filter((folder) => existsSync(folder))];
  return { path, readable: outermost(folders).map((folder) => `${folder}/*`) };
}

/** The folders above a file, innermost first. */
function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestorsOf(parent)];
}

/** Leaves out folders inside other folders: Node 20 aborts when it gets both. */
function outermost(folders: readonly string[]): string[] {
  const isInside = (folder: string, other: string) => folder !== other && folder.startsWith(`${other}/`);
  return [...new Set(folders)].filter((folder) => !folders.some((other) => isInside(folder, other)));
}
