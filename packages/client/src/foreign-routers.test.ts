import type { Context } from '@taskwire/router';
import { MemoryPorts, testRouter } from '@taskwire/router/testing';
import { initTRPC, type AnyTRPCRouter } from '@trpc/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTaskwireClient, toClientError, type TaskwireClientError } from './index.ts';
import { FakeServer, countTask } from './testing/index.ts';

/** A transformer in the form of superjson. */
const transformer = {
  serialize: (value: unknown) => ({ json: value }),
  deserialize: (value: unknown): unknown => (typeof value === 'object' ? Reflect.get(value ?? {}, 'json') : undefined),
};

const trpc = initTRPC.context<Context>();
const WITHOUT_FORMATTER = trpc.create().router({ taskwire: testRouter });
const WITH_TRANSFORMER = trpc.create({ transformer }).router({ taskwire: testRouter });

async function clientOf(router: AnyTRPCRouter, procedurePath = 'taskwire') {
  const server = await FakeServer.startWith({ ports: new MemoryPorts(), router });
  const client = createTaskwireClient({ url: server.url, token: server.issueToken('ann'), procedurePath });
  onTestFinished(() => {
    client.close();
    return server.close();
  });
  return client;
}

async function failureOf(call: Promise<unknown>): Promise<TaskwireClientError> {
  return call.then(() => expect.fail('the call did not fail'), toClientError);
}

/** The first reason for which the watch of a task is away. */
async function awayReason(client: Awaited<ReturnType<typeof clientOf>>): Promise<TaskwireClientError> {
  return new Promise((resolve, reject) => {
    const onConnectionChange = (_state: string, error?: TaskwireClientError) => error !== undefined && resolve(error);
    client.watchTask(NO_TASK, { onConnectionChange })[Symbol.asyncIterator]().next().catch(reject);
  });
}

const NO_TASK = '00000000-0000-4000-8000-000000000000';

describe('a router without the errorFormatter', () => {
  test('answers calls, and refuses them in its own words', async () => {
    const client = await clientOf(WITHOUT_FORMATTER);
    expect(await client.tasks.create(countTask, { to: 3 })).toMatchObject({ kind: 'demo.count' });
    const error = await failureOf(client.tasks.get(NO_TASK));
    expect(error).toMatchObject({ code: 'NETWORK', status: 404 });
    expect(error.message).toMatch(
      /answered 404 “there is no such task among yours”.*errorFormatter of @taskwire\/server/,
    );
  });

  test('refuses watches in its own words', async () => {
    const error = await awayReason(await clientOf(WITHOUT_FORMATTER));
    expect(error).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('there is no such task') });
  });

  test('names a procedure that it does not have', async () => {
    const error = await failureOf((await clientOf(WITHOUT_FORMATTER, 'task-wire')).tasks.list());
    expect(error.message).toContain('No procedure found on path "task-wire.task.list"');
  });
});

describe('a router with a transformer is named as the reason', () => {
  const NAMED = { code: 'NETWORK', message: expect.stringContaining('has a transformer (such as superjson)') };

  test('of a refusal', async () => {
    const client = await clientOf(WITH_TRANSFORMER);
    expect(await failureOf(client.tasks.create(countTask, {}))).toMatchObject(NAMED);
    expect(await failureOf(client.tasks.poll(NO_TASK))).toMatchObject(NAMED);
  });

  test('of an answer that cannot be read', async () => {
    expect(await failureOf((await clientOf(WITH_TRANSFORMER)).kinds())).toMatchObject(NAMED);
  });

  test('of a watch that is away', async () => {
    expect(await awayReason(await clientOf(WITH_TRANSFORMER))).toMatchObject(NAMED);
  });
});
