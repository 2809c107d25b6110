import type { Surroundings } from '../../surroundings.ts';
import { runNodeProgram } from './node-program.ts';
import { readTeamSettings, requireFile } from './settings.ts';
import { readVariables } from './variables.ts';

/**
 * `taskwire start server|worker`: runs the program for production.
 * @param file its first file, in place of that of the settings.
 * @returns its exit status. @throws UsageError if there is no such file.
 */
export async function start(
  program: 'server' | 'worker',
  file: string | undefined,
  surroundings: Surroundings,
): Promise<number> {
  const settings = await readTeamSettings(surroundings.workingFolder, file === undefined ? {} : { [program]: file });
  requireFile(settings, program);
  const variables = await readVariables(settings.folder, surroundings.variables);
  return runNodeProgram(settings[program], {
    folder: settings.folder,
    variables: { NODE_ENV: 'production', ...variables },
  });
}
