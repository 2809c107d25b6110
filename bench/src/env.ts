// All that the benchmark takes from the environment.
import { tmpdir } from 'node:os';

/** Environment of every program that is started here. */
export function childEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...variables };
}

/** Folders that are searched for programs. */
export function programFolders(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/** Parent of temporary folders. */
export function temporaryFolder(): string {
  return tmpdir();
}
