import { join } from 'node:path';

import { startDevStack, type DevStack } from '../dev-stack.ts';
import { Cleanup } from '../programs/cleanup.ts';
import { Interrupted, INTERRUPTED_STATUS, listenForInterruption } from '../programs/interruption.ts';
import { endNotedProcess } from '../programs/process-note.ts';
import type { ReloadingProgram } from '../programs/reloading-program.ts';
import { toProblem } from '../terminal/problem.ts';
import { colors, printLine, printProblem, step } from '../terminal/terminal.ts';
import { choosePorts } from './choose-ports.ts';
import { offerAccess } from './dev-access.ts';
import { prepareDevFolder, type DevFolder } from './dev-folder.ts';
import type { DevOptions } from './dev-options.ts';
import { startPageProgram, startServerProgram, startWorkerProgram, type DevContext } from './dev-programs.ts';
import { presentVariables, serverUrl, type DevPlace } from './dev-variables.ts';
import { createDevView } from './dev-view.ts';
import { printSummary } from './print-summary.ts';

/**
 * Starts PostgreSQL and Redis (or uses those of the variables), migrates, starts the team's server, worker and page, and
 * starts server and worker again when their files change, until Ctrl-C.
 * @returns the exit status: 0 after Ctrl-C, 1 if it could not start or PostgreSQL or Redis has ended, 130 after Ctrl-C before it was up
 */
export async function runDev(options: DevOptions): Promise<number> {
  const cleanup = new Cleanup();
  const programs: ReloadingProgram[] = [];
  const interruption = listenForInterruption(() => programs.forEach((program) => program.kill()));
  const progress = { isUp: false };
  const own = (program: ReloadingProgram): ReloadingProgram => {
    programs.push(program);
    cleanup.add(program.name, () => program.stop());
    return program;
  };
  const work = async (): Promise<never> => {
    const { failure } = await bringUp({ options, cleanup, signal: interruption.signal, own });
    progress.isUp = true;
    return failure;
  };
  printLine();
  try {
    return await Promise.race([work(), interruption.rejection]);
  } catch (error) {
    if (error instanceof Interrupted) return progress.isUp ? 0 : INTERRUPTED_STATUS;
    printProblem(toProblem(error));
    return 1;
  } finally {
    await stopAll(cleanup);
    interruption.release();
  }
}

interface Startup {
  options: DevOptions;
  cleanup: Cleanup;
  signal: AbortSignal;
  /** Takes over a program, so that it is stopped with the others. */
  own: (program: ReloadingProgram) => ReloadingProgram;
}

/** @returns rejects if PostgreSQL or Redis ends later. */
async function bringUp(startup: Startup): Promise<Pick<DevStack, 'failure'>> {
  const { options, cleanup, signal, own } = startup;
  const data = await prepareDevFolder(options.folder);
  cleanup.add('data folder', () => data.lock.release());
  for (const name of ['server', 'worker', 'page']) {
    if (await endNotedProcess(join(data.run, `${name}.process`))) printLine(`stopped the ${name} of an earlier run`);
  }
  const variables = presentVariables(options.variables);
  const authSecret = variables['AUTH_SECRET'] ?? data.authSecret;
  const token = await options.issueToken(authSecret);
  const ports = await choosePorts(options, data);
  const { failure, ...urls } = await startStack(startup, data);
  const place: DevPlace = { ...urls, ...ports, path: options.path ?? '', authSecret, uploads: data.uploads };
  signal.throwIfAborted();
  await migrate(options, urls.databaseUrl);
  signal.throwIfAborted();

  const context: DevContext = { options, data, place, view: createDevView(options) };
  const worker = own(startWorkerProgram(context));
  const server = own(startServerProgram(context));
  await Promise.all([worker.settled, server.settled]);
  signal.throwIfAborted();
  const pageUrl = await startPage(startup, context, token.token);
  signal.throwIfAborted();
  cleanup.add('access of the CLI', await offerAccess(data.path, { url: serverUrl(place), token: token.token }));
  printSummary(context, { token, pageUrl, isServerUp: server.isUp });
  return { failure };
}

async function startStack({ options, cleanup }: Startup, data: DevFolder) {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = presentVariables(options.variables);
  return step('PostgreSQL and Redis', async ({ note }) => {
    const starting = startDevStack({ dataDirectory: data.path, databaseUrl, redisUrl, log: note });
    cleanup.add('PostgreSQL and Redis', () =>
      starting.then(
        (stack) => stack.stop(),
        () => undefined,
      ),
    );
    const stack = await starting;
    return { databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl, failure: stack.failure };
  });
}

async function migrate(options: DevOptions, databaseUrl: string): Promise<void> {
  await step(
    'Database schema',
    () => options.migrate(databaseUrl),
    (migrated) => {
      const applied = migrated.filter((each) => each.applied.length > 0);
      if (applied.length === 0) return 'up to date';
      return applied.map((each) => `${each.package}: ${each.applied.length} applied`).join(', ');
    },
  );
}

/** @returns the address of the page; undefined if there is none, or it is not known. */
async function startPage({ options, own }: Startup, context: DevContext, token: string): Promise<string | undefined> {
  if (options.page === undefined) return undefined;
  const { program, url } = startPageProgram(context, { command: options.page, token });
  await own(program).settled;
  return url();
}

async function stopAll(cleanup: Cleanup): Promise<void> {
  if (cleanup.isEmpty) return;
  printLine();
  const failures = await step(
    'Shutdown',
    () => cleanup.run(),
    () => 'everything that was started is stopped',
  );
  for (const failure of failures) printLine(colors.red(failure));
}
