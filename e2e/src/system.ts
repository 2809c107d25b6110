import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, createTestRedis, type TestRedis } from '@taskwire/dev-stack/testing';
import getPort from 'get-port';
import { SignJWT } from 'jose';
import { RunningProcess } from './process.ts';

const SIGN_IN_CODE = 'code-of-the-tests-of-the-whole-system';
const AUTH_SECRET = 'a secret that only the tests of the whole system use';
const API = fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url));
const WORKER = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));

/** The built api and worker as processes, on a database and a Redis of their own. */
export class System {
  readonly port: number;
  readonly redis: TestRedis;
  readonly databaseUrl: string;
  readonly #uploads: string;
  readonly #variables: Record<string, string>;
  readonly #dropDatabase: () => Promise<void>;
  #api: RunningProcess | undefined;
  #worker: RunningProcess | undefined;

  private constructor(
    parts: { port: number; redis: TestRedis; uploads: string },
    database: { databaseUrl: string; drop: () => Promise<void> },
  ) {
    this.port = parts.port;
    this.redis = parts.redis;
    this.databaseUrl = database.databaseUrl;
    this.#uploads = parts.uploads;
    this.#dropDatabase = database.drop;
    this.#variables = {
      DATABASE_URL: database.databaseUrl,
      REDIS_URL: parts.redis.redisUrl,
      UPLOAD_DIRECTORY: parts.uploads,
      DEMO_TASKS: 'on',
    };
  }

  /** Starts everything and waits until it serves. */
  static async start(): Promise<System> {
    const redis = await createTestRedis();
    const uploads = await mkdtemp(join(tmpdir(), 'taskwire-e2e-'));
    const system = new System({ port: await getPort(), redis, uploads }, await createTestDatabase());
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

  /** Everything that api and worker have printed. */
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
    await this.redis.stop();
    await this.#dropDatabase();
    await rm(this.#uploads, { recursive: true, force: true });
  }
}
