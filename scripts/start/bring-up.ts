import { randomBytes } from 'node:crypto';
import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import type { StandardRouter } from '@taskwire/standard-tasks';
import { startDevStack } from '@taskwire/dev-stack';
import {
  choosePort,
  type Cleanup,
  colors,
  prepareProgramFolder,
  printLine,
  type Service,
  step,
  Supervisor,
} from '@taskwire/dev-stack/programs';
import { databaseUrl, redisUrl } from '../env.ts';
import { build, generate } from './build.ts';
import { applyMigrations } from './migrations.ts';
import type { StartOptions } from './options.ts';
import type { Addresses } from './report.ts';
import { startReloadingPrograms } from './reloading-programs.ts';
import {
  apiProgram,
  apiReady,
  apiUrl,
  startBuilt,
  workerProgram,
  workerReady,
  type ServiceContext,
} from './services.ts';
import { startWebApps } from './web-apps.ts';

/** The name that the example is done under; signing in by it on a page shows the example task. */
export const USER_NAME = 'demo';

/** The port if no other one is asked for; else the next one that is free. */
const FIRST_PORT = 4000;

/** The values that the steps share while they bring the system up. */
export interface Startup {
  options: StartOptions;
  cleanup: Cleanup;
  /** Aborts when the person wants it all to end. */
  signal: AbortSignal;
  /** Called with the databases and with every service, so that the caller can supervise them. */
  onService: (service: Pick<Service, 'failure'>) => void;
}

export interface RunningSystem {
  addresses: Addresses;
  client: TaskwireClient<StandardRouter>;
  session: { token: string; expiresAt: number };
  /** Code that a sign-in by a name on a page needs. */
  signInCode: string;
}

/**
 * Brings everything up, in order. Whatever is started is handed to `cleanup` before it is waited for.
 * @throws Problem or DevStackError, with a remedy
 */
export async function bringUp(startup: Startup): Promise<RunningSystem> {
  const { options } = startup;
  const { port, remark } = await choosePort({ wanted: options.port, usual: FIRST_PORT });
  const data = await prepareProgramFolder(options.dataFolder);
  const stack = await startStack(startup, data.path);
  await step(
    options.dev ? 'Generated code' : 'Build',
    () => (options.dev ? generate : build)(startup.signal),
    (said) => said,
  );
  await migrate(stack.databaseUrl);
  const signInCode = randomBytes(16).toString('base64url');
  const context: ServiceContext = { ...stack, data, port, signInCode, dev: options.dev };
  await step(
    'Worker and api',
    () => startPrograms(startup, context),
    () => remark ?? apiUrl(port),
  );
  const addresses = options.dev
    ? await step('Web apps', () => startWebApps(context, (starting) => own(startup, starting)))
    : { react: `${apiUrl(port)}/`, vue: `${apiUrl(port)}/vue/`, api: apiUrl(port) };
  return {
    addresses,
    signInCode,
    ...(await step(
      'Signed in',
      () => signIn(startup, context),
      () => `as ${USER_NAME}`,
    )),
  };
}

async function startStack(startup: Startup, dataDirectory: string) {
  return step('PostgreSQL and Redis', async ({ note }) => {
    startup.signal.throwIfAborted();
    const starting = startDevStack({ dataDirectory, databaseUrl, redisUrl, log: note });
    startup.cleanup.add('PostgreSQL and Redis', () =>
      starting.then(
        (stack) => stack.stop(),
        () => undefined,
      ),
    );
    const stack = await starting;
    startup.onService(stack);
    return { databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl };
  });
}

async function migrate(url: string): Promise<void> {
  await step(
    'Database schema',
    // No other process uses the database that this start has made: earlier tables may be moved.
    () => applyMigrations(url, databaseUrl === undefined ? 'public' : undefined),
    (applied) => (applied.length === 0 ? 'up to date' : `${applied.length} applied`),
  );
}

async function startPrograms(startup: Startup, context: ServiceContext): Promise<void> {
  if (context.dev) return startFromSources(startup, context);
  const say = (line: string) => printLine(colors.yellow(line));
  const worker = await own(startup, Supervisor.start({ start: () => startBuilt(workerProgram(context)), say }));
  const api = await own(startup, Supervisor.start({ start: () => startBuilt(apiProgram(context)), say }));
  await Promise.all([workerReady(worker), apiReady(api, context.port)]);
}

/** A program with an error is shown, and waited for until it is mended. */
async function startFromSources(startup: Startup, context: ServiceContext): Promise<void> {
  const programs = startReloadingPrograms(context);
  for (const program of programs) startup.cleanup.add(program.name, () => program.stop());
  await Promise.all(programs.map(({ firstUp }) => firstUp));
}

async function own(startup: Startup, starting: Promise<Service>): Promise<Service> {
  const service = await starting;
  startup.cleanup.add(service.name, () => service.stop());
  startup.onService(service);
  startup.signal.throwIfAborted();
  return service;
}

async function signIn(startup: Startup, { port, signInCode }: ServiceContext) {
  const url = apiUrl(port);
  const session = await createSession(url, signInCode);
  const client = createTaskwireClient<StandardRouter>({ url, token: session.token });
  startup.cleanup.add('client', () => Promise.resolve(client.close()));
  return { client, session };
}

async function createSession(url: string, code: string): Promise<{ token: string; expiresAt: number }> {
  const stranger = createTaskwireClient({ url });
  try {
    return await stranger.signIn(USER_NAME, code);
  } finally {
    stranger.close();
  }
}
