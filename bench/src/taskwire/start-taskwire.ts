import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { migrateDocuments } from '@taskwire/documents';
import { createTestPostgres, createTestRedis } from '@taskwire/test-kit';
import getPort from 'get-port';
import { temporaryFolder } from '../env.ts';
import { LOAD_CORE, SERVER_CORE, pinProcess } from '../measure/pinning.ts';
import { USER, createTask, newSecret, signToken, type TaskPlace, type TaskRequest } from './access.ts';
import { AppProcess, buildApps, builtApp } from './app-process.ts';
import { Cleanups } from './cleanups.ts';
import { parseMetrics } from './metrics.ts';
import { startPublisher, type Publisher } from './publisher.ts';
import { askRedis } from './redis-process.ts';

/** More than any run needs: the limit must not be measured. */
const NO_LIMIT = '100000';

/** The whole product on this machine, its serving side pinned to one core. */
export interface TaskwireStack {
  /** Address of the api, without a slash at the end. */
  url: string;
  /** A bearer token of the user who owns every task here. */
  token: string;
  /** A bearer token of another user. */
  tokenOf(user: string): Promise<string>;
  redisUrl: string;
  /** Set-up of the stack in words, for readers of the figures. */
  description: string;
  /** Api and redis-server as they run now: what counts as the server. PostgreSQL, which no delivery touches, does not. */
  readonly serverPids: readonly number[];
  /** The api's own figures; empty if it has none. */
  metrics(): Promise<Map<string, number>>;
  /** Creates a task over HTTP, and takes it as a worker would. */
  startTask(): Promise<TaskPlace & { publisher: Publisher }>;
  /** Creates a task over HTTP, for a worker to take. */
  createTask(request: TaskRequest): Promise<TaskPlace>;
  /** Starts the built worker, pinned to the load's core. @returns what ends it at once; `stop` does too. */
  startWorker(): Promise<() => Promise<void>>;
  /** Ends the api at once (SIGKILL). */
  killApi(): Promise<void>;
  /** Kills the api if it runs, and starts it again on the same port; resolves once it serves. */
  restartApi(): Promise<void>;
  /** Stops everything, publishers too, and deletes the files. */
  stop(): Promise<void>;
}

export interface TaskwireOptions {
  /** Further variables of the api. */
  environment?: Record<string, string>;
}

/**
 * Builds what is stale and starts it: PostgreSQL, Redis with an append-only file synced at each write (as `start` and
 * docker-compose.yml run it), and the built api with NODE_ENV=production.
 * @throws Error or DevStackError if something does not start; then nothing runs on.
 */
export async function startTaskwire({ environment = {} }: TaskwireOptions = {}): Promise<TaskwireStack> {
  await buildApps();
  const cleanups = new Cleanups();
  try {
    return await assemble(environment, cleanups);
  } catch (error) {
    await cleanups.run();
    throw error;
  }
}

async function startServers(cleanups: Cleanups) {
  const redis = await createTestRedis({ durable: true });
  cleanups.add(() => redis.stop());
  const postgres = await createTestPostgres();
  cleanups.add(() => postgres.stop());
  await migrateDocuments(postgres);
  const uploads = await mkdtemp(join(temporaryFolder(), 'taskwire-bench-'));
  cleanups.add(() => rm(uploads, { recursive: true, force: true }));
  const facts = await askRedis(redis.redisUrl);
  await pinProcess(facts.processId, SERVER_CORE);
  const variables = {
    DATABASE_URL: postgres.databaseUrl,
    REDIS_URL: redis.redisUrl,
    UPLOAD_DIRECTORY: uploads,
    DEMO_TASKS: 'on',
  };
  return { redisUrl: redis.redisUrl, facts, variables };
}

async function assemble(environment: Record<string, string>, cleanups: Cleanups): Promise<TaskwireStack> {
  const { redisUrl, facts, variables } = await startServers(cleanups);
  const secret = newSecret();
  const token = await signToken(secret);
  const port = await getPort({ host: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}`;
  const limits = { STREAMS_PER_USER: NO_LIMIT, STREAMS_PER_PROCESS: NO_LIMIT };
  const api = new AppProcess({
    file: builtApp('api'),
    variables: { ...variables, PORT: String(port), AUTH_SECRET: secret, ...limits, ...environment },
    readyText: '"listening"',
    core: SERVER_CORE,
  });
  cleanups.add(() => api.stop('SIGKILL'));
  await api.start();
  return {
    url,
    token,
    tokenOf: (user) => signToken(secret, user),
    redisUrl,
    description: `the built api and Redis ${facts.version} (append-only file synced: ${facts.sync}) on one core`,
    get serverPids() {
      return [api.processId, facts.processId];
    },
    metrics: () => readMetrics(url),
    createTask: (request) => createTask({ url, token }, request),
    startTask: async () => {
      const place = await createTask({ url, token }, { kind: 'demo.text', input: { words: 1 } });
      const publisher = await startPublisher({ redisUrl, ownerId: USER, ...place }, LOAD_CORE);
      cleanups.add(() => publisher.stop());
      return { ...place, publisher };
    },
    startWorker: async () => {
      const worker = new AppProcess({ file: builtApp('worker'), variables, readyText: '"ready"', core: LOAD_CORE });
      cleanups.add(() => worker.stop('SIGKILL'));
      await worker.start();
      return () => worker.stop('SIGKILL');
    },
    killApi: () => api.stop('SIGKILL'),
    restartApi: async () => {
      await api.stop('SIGKILL');
      await api.start();
    },
    stop: () => cleanups.run(),
  };
}

/** An api that has none answers with a page or an error, in which there are no samples. */
async function readMetrics(url: string): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`);
  const isText = response.headers.get('content-type')?.startsWith('text/plain') ?? false;
  const text = await response.text();
  return response.ok && isText ? parseMetrics(text) : new Map<string, number>();
}
