import { randomUUID } from 'node:crypto';
import { callTRPCProcedure } from '@trpc/server';
import { getProcedureAtPath, isAsyncIterable } from '@trpc/server/unstable-core-do-not-import';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from './context.ts';
import { toStreamError } from './errors.ts';
import { messagesOf, refusal } from './testing/callers.ts';
import { MemoryPorts } from './testing/test-ports.ts';
import { testRouter } from './testing/test-router.ts';
import { SUBSCRIPTIONS, authorizeSubscription, type SubscriptionCall } from './watch-router.ts';

let ports: MemoryPorts;
let alice: Context;
beforeEach(() => {
  ports = new MemoryPorts();
  alice = { taskwire: { ports, caller: { userId: 'alice' } } };
});
const newTask = () => testRouter.createCaller(alice).task.create({ kind: 'demo.count', input: {} });

/** Calls a subscription as tRPC's adapters do. */
async function subscribe(context: Context, { path, input }: SubscriptionCall): Promise<AsyncIterable<unknown>> {
  const call = { path, type: 'subscription', ctx: context, signal: undefined, batchIndex: 0 } as const;
  const stream: unknown = await callTRPCProcedure({
    router: testRouter,
    ...call,
    getRawInput: () => Promise.resolve(input),
  });
  if (!isAsyncIterable(stream)) throw new Error('no stream');
  return stream;
}

it('has the path of every subscription of the router, and no other', async () => {
  const paths = Object.keys(testRouter._def.procedures);
  const types = await Promise.all(paths.map(async (path) => (await getProcedureAtPath(testRouter, path))?._def.type));
  const subscriptions = paths.filter((_path, index) => types[index] === 'subscription');
  expect([...SUBSCRIPTIONS].sort()).toEqual(subscriptions.sort());
});

describe('authorizeSubscription', () => {
  it('answers with the task or topic, the cursor and the filter', async () => {
    const { taskId, projectId } = await newTask();
    const answers = await Promise.all([
      authorizeSubscription(alice, { path: 'task.onProgress', input: { taskId, lastEventId: '7' } }),
      authorizeSubscription(alice, { path: 'project.onProgress', input: { projectId, types: ['log', 'done'] } }),
      authorizeSubscription(alice, { path: 'task.onAny', input: undefined }),
    ]);
    expect(answers).toMatchObject([
      { task: { taskId, kind: 'demo.count' }, cursor: 7 },
      { topic: { projectId }, filter: { types: ['done', 'log'] }, cursor: undefined },
      { topic: { ownerId: 'alice' }, filter: undefined, cursor: undefined },
    ]);
  });

  it('reads no log', async () => {
    const { taskId } = await newTask();
    ports.events.refusal = new Error('the log was read');
    await expect(authorizeSubscription(alice, { path: 'task.onProgress', input: { taskId } })).resolves.toBeDefined();
  });

  const none = randomUUID();
  it.each([
    { what: 'credentials before the input', path: 'task.onProgress', input: { taskId: 'no-id' }, isNobody: true },
    { what: 'a text that cannot be stored', path: 'task.onAny', input: { lastEventId: '\0' } },
    { what: 'an input of another form', path: 'task.onProgress', input: { taskId: 3 } },
    { what: 'a filter without a stage', path: 'project.onProgress', input: { projectId: none, stages: [] } },
    { what: 'a cursor that no server sent', path: 'task.onAny', input: { lastEventId: '1e3' } },
    { what: 'a cursor before the task', path: 'task.onProgress', input: { taskId: none, lastEventId: 'x' } },
    { what: 'a cursor before the project', path: 'project.onProgress', input: { projectId: none, lastEventId: 'x' } },
    { what: 'an unknown task', path: 'task.onProgress', input: { taskId: none } },
    { what: 'an unknown project', path: 'project.onProgress', input: { projectId: none } },
  ])('refuses as the subscription does: $what', async ({ path, input, isNobody = false }) => {
    const context = isNobody ? { taskwire: { ports, refused: 'the token has expired' } } : alice;
    const authorized = authorizeSubscription(context, { path, input }).catch((error: unknown) => {
      throw toStreamError(error);
    });
    const followed = messagesOf(subscribe(context, { path, input }), 1);
    expect(await refusal(authorized)).toEqual(await refusal(followed));
  });
});
