// The only access of this package to the environment.
import { tmpdir } from 'node:os';

/** Folders in which programs are searched, written like `PATH`. */
export function searchPath(): string {
  return process.env['PATH'] ?? '';
}

/** Environment of the servers: without a person's PG* settings, and with messages in English. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' };
}

/** Environment of a program: this one, with these values set or, if undefined, unset. */
export function environmentWith(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Parent of temporary folders. */
export function temporaryFolder(): string {
  return tmpdir();
}
