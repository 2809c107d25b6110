import { fileURLToPath } from 'node:url';
import { migrateDocuments } from '@taskwire/documents';
import type { TestRedis } from '@taskwire/test-kit';
import { openTestServers, type TestServers } from '@taskwire/test-kit/vitest';
import getPort from 'get-port';
import { SignJWT } from 'jose';
import { RunningProcess } from './process.ts';

const SIGN_IN_CODE = 'code-of-the-tests-of-the-whole-system';
const AUTH_SECRET = 'a secret that only the tests of the whole system use';
const API = fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url));
const WORKER = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));

async function openMigratedServers(): Promise<TestServers> {
  const servers = await openTestServers();
  await migrateDocuments(servers.database);
  return servers;
}

/** The built api and worker as processes, on a database and a Redis of their own. */
export class System {
  readonly port: number;
  readonly redis: TestRedis;
  readonly databaseUrl: string;
  readonly #servers: TestServers;
  readonly #variables: Record<string, string>;
  #api: RunningProcess | undefined;
  #worker: RunningProcess | undefined;

  private constructor(port: number, servers: TestServers) {
    this.port = port;
    this.redis = servers.redis;
    this.databaseUrl = servers.database.databaseUrl;
    this.#servers = servers;
    this.#variables = {
      DATABASE_URL: servers.database.databaseUrl,
      REDIS_URL: servers.redis.redisUrl,
      UPLOAD_DIRECTORY: servers.uploadDirectory,
      DEMO_TASKS: 'on',
    };
  }

  /** Starts everything and waits until it serves. */
  static async start(): Promise<System> {
    const system = new System(await getPort(), await openMigratedServers());
    await Promise.all([system.startApi(), system.startWorker()]);
    return system;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A page's address with the code for the sign-in by a name, as it is printed. */
  signInLink(path: string): string {
    return `${this.url}${path}#code=${SIGN_IN_CODE}`;
  }

  async startApi(): Promise<void> {
    this.#api = new RunningProcess(API, {
      ...this.#variables,
      PORT: String(this.port),
      AUTH_SECRET,
      AUTH_MODE: 'dev',
      SIGN_IN_CODE,
    });
    await this.#api.printed('"listening"');
  }

  async startWorker(): Promise<void> {
    this.#worker = new RunningProcess(WORKER, this.#variables);
    await this.#worker.printed('"ready"');
  }

  stopApi(signal: NodeJS.Signals): Promise<number | null> {
    return this.#api?.stop(signal) ?? Promise.resolve(null);
  }

  stopWorker(signal: NodeJS.Signals): Promise<number | null> {
    return this.#worker?.stop(signal) ?? Promise.resolve(null);
  }

  /** Runs something while the worker is suspended: what it has begun stays in the middle. */
  async whileWorkerIsSuspended(run: () => Promise<void>): Promise<void> {
    this.#worker?.signal('SIGSTOP');
    try {
      await run();
    } finally {
      this.#worker?.signal('SIGCONT');
    }
  }

  /** The whole output of api and worker. */
  get output(): string {
    return `${this.#api?.output ?? ''}\n${this.#worker?.output ?? ''}`;
  }

  /** A token as another service that knows the secret would sign it. */
  token(userId: string, expiresIn = '1h'): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setIssuer('taskwire')
      .setAudience('taskwire')
      .setExpirationTime(expiresIn)
      .sign(new TextEncoder().encode(AUTH_SECRET));
  }

  async stop(): Promise<void> {
    await Promise.all([this.stopApi('SIGTERM'), this.stopWorker('SIGTERM')]);
    await this.#servers.close();
  }
}
