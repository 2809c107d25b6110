import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateDocuments } from '@taskwire/documents';
import { createTestPostgres, createTestRedis, type TestPostgres, type TestRedis } from '@taskwire/test-kit';
import getPort from 'get-port';
import { temporaryFolder } from '../../env.ts';
import { Program } from '../../system/program.ts';
import { AUTH_SECRET } from '../../system/system.ts';

function built(app: 'api' | 'worker'): string {
  const file = fileURLToPath(new URL(`../../../../apps/${app}/dist/main.js`, import.meta.url));
  if (!existsSync(file)) throw new Error(`apps/${app} is not built: run "npx pnpm@12 build" first`);
  return file;
}

/** The built api and worker as processes, on a database and a Redis of their own. */
export class Processes {
  readonly redis: TestRedis;
  readonly databaseUrl: string;
  readonly port: number;
  readonly api: Program;
  readonly worker: Program;
  readonly #postgres: TestPostgres;
  readonly #uploads: string;

  private constructor(servers: { redis: TestRedis; postgres: TestPostgres; uploads: string }, port: number) {
    this.redis = servers.redis;
    this.databaseUrl = servers.postgres.databaseUrl;
    this.port = port;
    this.#postgres = servers.postgres;
    this.#uploads = servers.uploads;
    const shared = {
      DATABASE_URL: this.databaseUrl,
      REDIS_URL: this.redis.redisUrl,
      UPLOAD_DIRECTORY: servers.uploads,
      DEMO_TASKS: 'on',
    };
    this.api = new Program({
      name: 'api',
      file: built('api'),
      variables: { ...shared, PORT: String(port), AUTH_SECRET },
      readyText: '"listening"',
    });
    this.worker = new Program({
      name: 'worker',
      file: built('worker'),
      // States are persisted often, so that the log of a task of ten seconds can be trimmed at all.
      variables: { ...shared, SNAPSHOT_EVERY_MS: '500' },
      readyText: '"ready"',
    });
  }

  /** Starts everything and waits until it serves. */
  static async start(): Promise<Processes> {
    const [redis, postgres] = await Promise.all([createTestRedis(), createTestPostgres()]);
    await migrateDocuments(postgres);
    const uploads = await mkdtemp(join(temporaryFolder(), 'taskwire-peers-'));
    const processes = new Processes({ redis, postgres, uploads }, await getPort());
    await Promise.all([processes.api.start(), processes.worker.start()]);
    return processes;
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.end('SIGKILL'), this.worker.end('SIGKILL')]);
    await Promise.all([this.redis.stop(), this.#postgres.stop()]);
    await rm(this.#uploads, { recursive: true, force: true });
  }
}
