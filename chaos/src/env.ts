// All that the harness takes from the environment.
import { tmpdir } from 'node:os';

/** What every program that is started here sees. */
export function childEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], NODE_ENV: 'test', ...variables };
}

/** Parent of temporary folders and evidence. */
export function temporaryFolder(): string {
  return tmpdir();
}
