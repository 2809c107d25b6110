import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateDocuments } from '@taskwire/documents';
import { TcpProxy, createTestPostgres, createTestRedis, type TestPostgres, type TestRedis } from '@taskwire/test-kit';
import getPort from 'get-port';
import { temporaryFolder } from '../env.ts';
import { APIS, GATES, WORKERS } from '../plan/round-plan.ts';
import { WORKER_PROGRAMS } from '../workers/worker-programs.ts';
import { Program, type Irregularity } from './program.ts';

export const AUTH_SECRET = 'a secret that only the chaos harness uses, no other program';
const API = fileURLToPath(new URL('../../../apps/api/dist/main.js', import.meta.url));

/** Made small, so that in the few seconds of a round logs are trimmed, grace ends, and lost tasks are found. */
const WORKER_SETTINGS = {
  WORKER_CONCURRENCY: '4',
  WORKER_GRACE_MS: '500',
  CANCEL_GRACE_MS: '1500',
  SNAPSHOT_EVERY_MS: '500',
  SNAPSHOT_EVERY_EVENTS: '50',
  LOG_KEPT_EVENTS: '50',
  RECONCILE_EVERY_MS: '1000',
};

/** A program with the proxies through which alone it reaches the servers. */
export interface Member {
  program: Program;
  redis: TcpProxy;
  postgres: TcpProxy;
}

/** An api also has a port of its own, behind the gates. */
export interface ApiMember extends Member {
  port: number;
}

/**
 * The system under attack: PostgreSQL, Redis with its append-only file, apis and workers as processes of their own, each
 * behind its own proxies towards both servers, and gates (balancing proxies) through which watchers reach the apis.
 */
export class System {
  readonly redis: TestRedis;
  readonly databaseUrl: string;
  readonly workers: readonly Member[];
  readonly apis: readonly ApiMember[];
  readonly gates: readonly TcpProxy[];
  readonly #postgres: TestPostgres;
  readonly #uploads: string;

  private constructor(servers: Servers, parts: { workers: Member[]; apis: ApiMember[]; gates: TcpProxy[] }) {
    this.redis = servers.redis;
    this.#postgres = servers.postgres;
    this.databaseUrl = servers.postgres.databaseUrl;
    this.#uploads = servers.uploads;
    this.workers = parts.workers;
    this.apis = parts.apis;
    this.gates = parts.gates;
  }

  /** Starts everything and waits until it serves. @throws whatever did not start; then nothing runs on. */
  static async start(): Promise<System> {
    const [redis, postgres] = await Promise.all([createTestRedis({ durable: true }), createTestPostgres()]);
    await migrateDocuments(postgres);
    const uploads = await mkdtemp(join(temporaryFolder(), 'taskwire-chaos-uploads-'));
    const servers = { redis, postgres, uploads };
    const workers = await inSequence(WORKERS, (number) => workerMember(servers, `worker-${number}`));
    const apis = await inSequence(APIS, (number) => apiMember(servers, `api-${number}`));
    // One more than faults may break: for creating and canceling tasks.
    const gates = await inSequence(GATES + 1, () => TcpProxy.open(apis.map((api) => api.port)));
    const system = new System(servers, { workers, apis, gates });
    try {
      await Promise.all(system.members.map((member) => member.program.start()));
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  /** Workers first, then apis. */
  get members(): readonly Member[] {
    return [...this.workers, ...this.apis];
  }

  /** Address of the api for a watcher behind a gate. */
  gateUrl(gate: number): string {
    return `http://127.0.0.1:${this.gates[gate]?.port ?? 0}`;
  }

  /** Address of the api for the harness itself: no fault breaks this gate. */
  get controlUrl(): string {
    return this.gateUrl(GATES);
  }

  /** Ends a worker in good order and starts it again, as the program that is wanted. */
  async exchange({ program }: Member, wanted: keyof typeof WORKER_PROGRAMS): Promise<void> {
    await program.end('SIGTERM');
    program.file = WORKER_PROGRAMS[wanted];
    await program.start();
  }

  /** Returns the irregularities of all programs since the last call. */
  takeIrregularities(): Irregularity[] {
    return this.members.flatMap(({ program }) => program.takeIrregularities());
  }

  /** Stops everything, and deletes the files. */
  async stop(): Promise<void> {
    await Promise.all(
      this.members.map(async ({ program }) => {
        program.signal('SIGCONT');
        await program.end('SIGKILL');
      }),
    );
    const proxies = [...this.gates, ...this.members.flatMap((member) => [member.redis, member.postgres])];
    await Promise.all(proxies.map((proxy) => proxy.close()));
    this.redis.resume();
    await Promise.all([this.redis.stop(), this.#postgres.stop()]);
    await rm(this.#uploads, { recursive: true, force: true });
  }
}

interface Servers {
  redis: TestRedis;
  postgres: TestPostgres;
  uploads: string;
}

async function inSequence<Value>(count: number, make: (number: number) => Promise<Value>): Promise<Value[]> {
  const made: Value[] = [];
  for (let number = 1; number <= count; number += 1) made.push(await make(number));
  return made;
}

async function throughProxies({ redis, postgres, uploads }: Servers) {
  const redisUrl = new URL(redis.redisUrl);
  const databaseUrl = new URL(postgres.databaseUrl);
  const proxies = {
    redis: await TcpProxy.open([Number(redisUrl.port)]),
    postgres: await TcpProxy.open([Number(databaseUrl.port)]),
  };
  redisUrl.port = String(proxies.redis.port);
  databaseUrl.port = String(proxies.postgres.port);
  const variables = {
    DATABASE_URL: databaseUrl.href,
    REDIS_URL: redisUrl.href,
    UPLOAD_DIRECTORY: uploads,
    DEMO_TASKS: 'on',
    // Files of a killed program go with the rest.
    TMPDIR: uploads,
  };
  return { proxies, variables };
}

async function workerMember(servers: Servers, name: string): Promise<Member> {
  const { proxies, variables } = await throughProxies(servers);
  const program = new Program({
    name,
    file: WORKER_PROGRAMS.current,
    variables: { ...variables, ...WORKER_SETTINGS },
    readyText: '"ready"',
  });
  return { program, ...proxies };
}

async function apiMember(servers: Servers, name: string): Promise<ApiMember> {
  const { proxies, variables } = await throughProxies(servers);
  const port = await getPort({ host: '127.0.0.1' });
  const program = new Program({
    name,
    file: API,
    variables: { ...variables, PORT: String(port), AUTH_SECRET, AUTH_MODE: 'dev', DRAIN_MS: '500' },
    readyText: '"listening"',
  });
  return { program, port, ...proxies };
}
