import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../../measure/pinning.ts';

const MODULE = 'ngx_nchan_module.so';
/** Paths of nginx outside the search path of users other than root. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/nginx/sbin'];
const run = promisify(execFile);

export interface Nchan {
  program: string;
  /** The file of nchan's module. */
  module: string;
}

/** Finds nginx and nchan's module. @returns undefined if either is not installed. */
export async function findNchan(): Promise<Nchan | undefined> {
  const program = findProgram('nginx') ?? findProgram('nginx', SYSTEM_FOLDERS);
  if (program === undefined) return undefined;
  // nginx prints its build options on stderr.
  const { stderr } = await run(program, ['-V']);
  const folder = /--modules-path=(\S+)/.exec(stderr)?.[1] ?? '/usr/lib/nginx/modules';
  const module = join(folder, MODULE);
  const isThere = await access(module).then(
    () => true,
    () => false,
  );
  return isThere ? { program, module } : undefined;
}
