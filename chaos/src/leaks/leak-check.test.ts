import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LeakCheck, type LeakGround } from './leak-check.ts';

const TRACES = { projectId: 'p1', ownerId: 'ada', endedTaskIds: ['t1'] };

let server: TestRedis;
let redis: Redis;
let api: Server;
let port: number;
const connections = { count: 2 };
const sockets: Socket[] = [];

function leakCheck(recorder: { redis: Redis } = { redis }): LeakCheck {
  const member = {
    program: { name: 'api-1' },
    port,
    redis: {
      get connections() {
        return connections.count;
      },
    },
  };
  const ground: LeakGround = { members: [member], apis: [member], gates: [] };
  return new LeakCheck(ground, recorder);
}

function throwDetached(): Redis {
  throw new Error('the recorder is detached');
}

beforeAll(async () => {
  server = await createTestRedis();
  port = await getPort({ host: '127.0.0.1' });
  api = createServer((socket) => sockets.push(socket)).listen(port, '127.0.0.1');
  await once(api, 'listening');
});
afterAll(async () => {
  api.close();
  await server.stop();
});
beforeEach(() => {
  redis = new Redis(server.redisUrl);
  connections.count = 2;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await redis.flushall();
  redis.disconnect();
});

describe('LeakCheck', () => {
  it('finds nothing where nothing is left', async () => {
    const check = leakCheck();
    await check.begin();
    await redis.set('taskwire:{p1}:task:t1:log', 'x', 'EX', 100);
    await redis.set('taskwire:{p1}:task:t2:log', 'a task that has not ended');
    expect([...(await check.atOnce()), ...(await check.later(TRACES, 0))]).toEqual([]);
  });

  it('finds a key of an ended task that would stay for ever', async () => {
    await redis.set('taskwire:{p1}:task:t1:meta', 'x');
    expect(await leakCheck().later(TRACES, 0)).toMatchObject([{ figure: 'leaked', count: 1 }]);
  });

  it('finds a subscription that is left', async () => {
    const subscriber = new Redis(server.redisUrl);
    await subscriber.subscribe('taskwire:{p1}:task:t1:events', 'taskwire:{another}:task:t9:events');
    expect(await leakCheck().later(TRACES, 0)).toMatchObject([{ figure: 'leaked', count: 1 }]);
    subscriber.disconnect();
  });

  it('looks again where a connection gives no answer, and forgets what the look before has found', async () => {
    const subscriber = new Redis(server.redisUrl);
    await subscriber.subscribe('taskwire:{p1}:task:t1:events');
    const silent = new Redis(port, '127.0.0.1');
    const looks = [() => redis, () => silent, throwDetached];
    const recorder = {
      get redis() {
        const connection = (looks.shift() ?? (() => redis))();
        if (connection === silent) subscriber.disconnect();
        return connection;
      },
    };
    expect(await leakCheck(recorder).later(TRACES, 100)).toEqual([]);
    silent.disconnect();
  });

  it('finds a connection to Redis more than before', async () => {
    const check = leakCheck();
    await check.begin();
    connections.count = 3;
    expect(await check.atOnce()).toMatchObject([{ figure: 'leaked', count: 1, who: 'api-1' }]);
  });

  it('finds a socket that the api has not closed', async () => {
    const check = leakCheck();
    await check.begin();
    const client = connect({ host: '127.0.0.1', port });
    sockets.push(client);
    await once(client, 'connect');
    expect(await check.atOnce()).toMatchObject([{ figure: 'leaked', count: 1, who: 'api-1' }]);
  });
});
