import type { DevOptions } from '@taskwire/dev-stack/dev';
import { signToken } from '../../input/sign-token.ts';
import { CommandFailure } from '../../output/command-failure.ts';
import type { Surroundings } from '../../surroundings.ts';
import { applyAll, findMigrations } from './migrations.ts';
import { typescriptLoader } from './node-program.ts';
import { installCommand } from './packages.ts';
import { readTeamSettings, requireFile, type SettingOptions, type TeamSettings } from './settings.ts';
import { readVariables } from './variables.ts';

/** The user of the token that `taskwire dev` prints. */
const USER_ID = 'demo';

export interface DevCommandOptions extends SettingOptions {
  port?: number;
  verbose?: boolean;
}

/** `taskwire dev`: runs until Ctrl-C. @returns the exit status. @throws UsageError, CommandFailure */
export async function dev(options: DevCommandOptions, surroundings: Surroundings): Promise<number> {
  const settings = await readTeamSettings(surroundings.workingFolder, options);
  for (const program of ['server', 'worker'] as const) requireFile(settings, program);
  const runDev = await loadDevStack(settings.folder);
  const variables = await readVariables(settings.folder, surroundings.variables);
  return runDev({ ...settings, ...devOptions(settings, options), variables });
}

function devOptions(settings: TeamSettings, { port, verbose = false }: DevCommandOptions) {
  const sources = findMigrations(settings);
  return {
    ...(port === undefined ? {} : { port }),
    verbose,
    typescriptLoader: typescriptLoader(),
    migrate: async (databaseUrl: string) => {
      const migrated = await applyAll(sources, { databaseUrl });
      return migrated.map(({ package: name, applied = [] }) => ({ package: name, applied }));
    },
    issueToken: (authSecret: string) => signToken(authSecret, USER_ID),
  };
}

/** An installation for production has no databases, so they are loaded here only. */
async function loadDevStack(folder: string): Promise<(options: DevOptions) => Promise<number>> {
  try {
    return (await import('@taskwire/dev-stack/dev')).runDev;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes("package '@taskwire/dev-stack'")) throw error;
    const command = installCommand(folder, '@taskwire/dev-stack', { dev: true });
    throw new CommandFailure(
      `taskwire dev needs @taskwire/dev-stack (PostgreSQL and Redis for development), which is not installed: ${command}`,
    );
  }
}
