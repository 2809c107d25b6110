import { Argument, type Command } from 'commander';
import type { RunCommand } from '../../context.ts';
import { parsePort } from '../../input/option-parsers.ts';
import { EXIT_STATUS } from '../../surroundings.ts';
import type { DevCommandOptions } from './dev.ts';

const SETTINGS = `
Settings, in package.json ("taskwire": { … }) or by option:
  server      first file of your server, TypeScript or JavaScript (default: src/server.ts)
  worker      first file of your worker (default: src/worker.ts)
  page        command that serves your page, such as vite (default: none)
  path        where your own app mounts Taskwire, such as /taskwire (default: the root)
  extensions  packages with tables of their own, such as @taskwire/standard-tasks

Variables: those of the environment and of .env, of which the environment wins.`;

const DEV_ABOUT = `${SETTINGS}
  DATABASE_URL, REDIS_URL  servers to use; without them, own ones are started
  PORT                     port of the server, as --port
  AUTH_SECRET              signs tokens; without it, one is made once in .taskwire/

All data is kept in .taskwire/, which git ignores.

Exit status:
  0    Ctrl-C, and everything was stopped
  1    something could not be started
  2    a wrong option or setting, or a missing file
  130  Ctrl-C before everything was up, or a second Ctrl-C, which kills`;

const MIGRATE_ABOUT = `${SETTINGS}
  DATABASE_URL  the database to migrate

Exit status: 0 if every migration is applied, 1 if one failed, 2 for a wrong option or setting.`;

const START_ABOUT = `${SETTINGS}

Signals reach the program. Exit status: the program's; 128 and more if a signal ended it; 2 for a wrong option or setting.`;

/** The commands for a team's own repository. Their code is loaded when they run, so that the others start fast. */
export function registerTeamCommands(program: Command, run: RunCommand): void {
  registerDev(program, run);
  program
    .command('migrate')
    .description("apply the pending migrations of Taskwire and its extensions to your project's database")
    .option('--extensions <names...>', 'packages with tables of their own')
    .option('--from <schema>', 'move the tables of a version before 20261128 out of this schema, usually public')
    .addHelpText('after', MIGRATE_ABOUT)
    .action((options: { extensions?: string[]; from?: string }) =>
      run(async ({ output, surroundings }) => {
        const { migrate } = await import('./migrate.ts');
        await migrate(options, { output, surroundings });
        return EXIT_STATUS.done;
      }),
    );
  program
    .command('start')
    .description('run your server or your worker for production')
    .addArgument(new Argument('<program>').choices(['server', 'worker']))
    .option('--server <file>', 'first file of the server, such as dist/server.js')
    .option('--worker <file>', 'first file of the worker')
    .addHelpText('after', START_ABOUT)
    .action((which: 'server' | 'worker', options: { server?: string; worker?: string }) =>
      run(async ({ surroundings }) => {
        const { start } = await import('./start.ts');
        return start(which, options[which], surroundings);
      }),
    );
}

function registerDev(program: Command, run: RunCommand): void {
  program
    .command('dev')
    .description('run your server, worker and page with PostgreSQL and Redis, and restart them when you change a file')
    .option('--server <file>', 'first file of the server')
    .option('--worker <file>', 'first file of the worker')
    .option('--page <command>', 'command that serves the page')
    .option('--path <path>', 'where your own app mounts Taskwire, such as /taskwire')
    .option('--extensions <names...>', 'packages with tables of their own')
    .option(
      '--port <number>',
      'port of the server (default: that of the last start, or from 4000 on a free one)',
      parsePort,
    )
    .option('--verbose', 'show the lines that server and worker log for information, too')
    .addHelpText('after', DEV_ABOUT)
    .action((options: DevCommandOptions) =>
      run(async ({ surroundings }) => {
        const { dev } = await import('./dev.ts');
        return dev(options, surroundings);
      }),
    );
}
