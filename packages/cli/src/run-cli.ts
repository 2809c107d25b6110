import { createTaskwireClient } from '@taskwire/client';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { registerCreate } from './commands/create.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerKinds } from './commands/kinds.ts';
import { registerTaskCommands } from './commands/tasks.ts';
import { registerTeamCommands } from './commands/team/register.ts';
import { registerToken } from './commands/token.ts';
import { registerWatch } from './commands/watch.ts';
import type { RegisterCommands, RunCommand } from './context.ts';
import { DEFAULT_URL, findServer } from './find-server.ts';
import { Output } from './output/output.ts';
import { reportError } from './output/report-error.ts';
import { EXIT_STATUS, type Surroundings } from './surroundings.ts';

const ABOUT = `
Environment:
  TASKWIRE_URL    where the server is (default: ${DEFAULT_URL})
  TASKWIRE_TOKEN  who you are; "taskwire token" gets one from a development server
  Without both, in a project where "taskwire dev" runs: that server, as its user

Exit status:
  0  it worked; of a watched task: it ended in done
  1  it failed; of a watched task: it ended in error
  2  it was called wrongly
  3  the watched task was canceled
  130  Ctrl-C; what was being watched goes on`;

/**
 * Runs the command once. Never throws and never ends the process.
 * @param words the words after `taskwire` on the command line.
 * @param extensions the commands of the project's extensions.
 * @returns the exit status.
 */
export async function runCli(
  words: readonly string[],
  surroundings: Surroundings,
  extensions: readonly RegisterCommands[] = [],
): Promise<number> {
  const outcome: Outcome = { status: EXIT_STATUS.done, listedBy: 'taskwire list', hasToken: false };
  const program = createProgram(surroundings, outcome);
  for (const register of extensions) register(program, runnerOf(program, surroundings, outcome));
  try {
    await program.parseAsync(words, { from: 'user' });
    return outcome.status;
  } catch (error) {
    const hasShownVersion = error instanceof CommanderError && error.code === 'commander.version';
    if (hasShownVersion) return EXIT_STATUS.done;
    const hasShownHelp = error instanceof CommanderError && error.message === '(outputHelp)';
    if (hasShownHelp) return error.exitCode === 0 ? EXIT_STATUS.done : EXIT_STATUS.usage;
    return reportError(error, surroundings.stderr, { json: words.includes('--json'), ...outcome });
  }
}

/** The result of the command that ran. */
interface Outcome {
  status: number;
  /** The command that lists what it looked for. */
  listedBy: string;
  /** Whether it had a token for its server. */
  hasToken: boolean;
}

function createProgram(surroundings: Surroundings, outcome: Outcome): Command {
  const program = new Command('taskwire')
    .description('Create background tasks and watch them live')
    .version(manifest.version, '--version', 'print the version')
    .option('--url <url>', 'where the server is')
    .option('--json', 'results as JSON, one message a line', false)
    .addHelpText('after', ABOUT)
    .showHelpAfterError(false)
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
      // `reportError` writes every error, in one form.
      outputError: () => undefined,
    })
    .exitOverride();
  const run = runnerOf(program, surroundings, outcome);
  const registrations = [
    registerToken,
    registerCreate,
    registerKinds,
    registerWatch,
    registerTaskCommands,
    registerDoctor,
    registerTeamCommands,
  ];
  for (const register of registrations) register(program, run);
  return program;
}

function runnerOf(program: Command, surroundings: Surroundings, outcome: Outcome): RunCommand {
  return async (body, { listedBy = outcome.listedBy } = {}) => {
    outcome.listedBy = listedBy;
    const { url, json } = program.opts<{ url?: string; json: boolean }>();
    const access = await findServer({ url }, surroundings.environment, surroundings.workingFolder);
    outcome.hasToken = access.token !== undefined;
    const client = createTaskwireClient(access);
    try {
      outcome.status = await body({ client, output: new Output(surroundings, json), surroundings });
    } finally {
      client.close();
    }
  };
}
