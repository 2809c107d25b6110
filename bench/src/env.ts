// All that the benchmark takes from the environment.
import { tmpdir } from 'node:os';

/** What every program that is started here sees. */
export function childEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...variables };
}

/** Where programs are looked for. */
export function programFolders(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/** Where throw-away folders go. */
export function temporaryFolder(): string {
  return tmpdir();
}
