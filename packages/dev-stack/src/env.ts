// All that this package takes from the environment.
import { tmpdir } from 'node:os';

/** The folders that programs are looked for in, as in `PATH`. */
export function searchPath(): string {
  return process.env['PATH'] ?? '';
}

/** What a server that is started here sees: never the PG* settings of a person, and messages in English. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' };
}

/** Where throw-away folders go. */
export function temporaryFolder(): string {
  return tmpdir();
}
