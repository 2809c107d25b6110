import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startTask } from '../../testing/running-task.ts';
import { watchAll, watchProject, watchTask } from './testing/scenarios/asks.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

const NONE = '00000000-0000-4000-8000-000000000000';

const inputs: Scenario[] = [
  { what: 'of another task than an id', ask: watchTask({ taskId: 'no-id' }) },
  { what: 'of a task that is a number', ask: watchTask({ taskId: 1 }) },
  { what: 'without a task', ask: watchTask({ taskId: undefined }) },
  { what: 'with a cursor that is no number', ask: watchTask({ lastEventId: '1e3' }) },
  { what: 'with a cursor that is a number and no text', ask: watchTask({ lastEventId: 3 }) },
  { what: 'with a cursor below zero', ask: watchTask({ lastEventId: '-1' }) },
  { what: 'with a cursor that is longer than any number', ask: watchTask({ lastEventId: '9'.repeat(16) }) },
  { what: 'with a cursor that holds a line break', ask: watchTask({ lastEventId: '1\nid: 2' }) },
  { what: 'that is null', ask: watchTask({}, { input: null }) },
  { what: 'that is a text', ask: watchTask({}, { input: 'task' }) },
  { what: 'that is a list', ask: watchTask({}, { input: [NONE] }) },
  { what: 'that is a number', ask: watchTask({}, { input: 3 }) },
  { what: 'that is not there', ask: () => ({ path: 'task.onProgress' }) as const },
  { what: 'that is empty', ask: watchTask({}, { inputText: '' }), withoutLinks: true },
  { what: 'that is no JSON', ask: watchTask({}, { inputText: '{"taskId":' }), withoutLinks: true, leftToTrpc: true },
  {
    what: 'with a bad cursor in the header',
    ask: watchTask({}, { headers: { 'last-event-id': 'x' } }),
    withoutLinks: true,
  },
  { what: 'with a bad cursor in the address', ask: watchTask({}, { query: { lastEventId: 'x' } }), withoutLinks: true },
  {
    what: 'that is not there, but for a cursor',
    ask: () => ({ path: 'task.onProgress', query: { lastEventId: '1' } }) as const,
    withoutLinks: true,
  },
  {
    what: 'that is a text, with a cursor',
    ask: watchTask({}, { input: 'task', query: { lastEventId: '1' } }),
    withoutLinks: true,
  },
  { what: 'of another project than an id', ask: watchProject({ projectId: 'no-id' }) },
  { what: 'of no project', ask: () => ({ path: 'project.onProgress', input: {} }) as const },
  { what: 'with a bad cursor in a project', ask: watchProject({ lastEventId: 'x' }) },
  { what: 'with an unknown type', ask: watchProject({ types: ['done', 'finished'] }) },
  { what: 'with no type', ask: watchProject({ types: [] }) },
  { what: 'with too many stages', ask: watchProject({ stages: Array.from({ length: 51 }, String) }) },
  { what: 'with a stage without a name', ask: watchProject({ stages: ['count', ''] }) },
  { what: 'with stages that are no list', ask: watchProject({ stages: 'count' }) },
  { what: 'with a bad cursor for all tasks', ask: watchAll({ lastEventId: 'x' }) },
  { what: 'that is a text for all tasks', ask: watchAll({}, { input: 'all' }) },
].map(({ what, ...rest }) => ({
  name: `an input ${what}`,
  outline: 'connected | BAD_REQUEST (INVALID_INPUT)',
  ...rest,
}));

async function expiredToken(): Promise<string> {
  const token = await new SignJWT({ sub: 'ada', iss: 'taskwire', aud: 'taskwire', exp: 1_000_000_000 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(pair.trpc.environment.authSecret));
  return `Bearer ${token}`;
}

const credentials: Scenario[] = [
  { what: 'no token', authorization: () => '' },
  { what: 'a bad token', authorization: () => 'Bearer not-a-token' },
  { what: 'another scheme', authorization: () => 'Basic YWRhOmFkYQ==' },
  { what: 'an expired token', authorization: expiredToken },
].flatMap(({ what, authorization }) =>
  [watchTask(), watchProject(), watchAll({}), watchTask({ taskId: 'no-id' })].map((ask): Scenario => ({
    name: what,
    ask: async (stage) => ({ ...ask(stage), headers: { authorization: await authorization() } }),
    outline: 'connected | UNAUTHORIZED (UNAUTHENTICATED)',
  })),
);

const others: Scenario[] = [
  {
    name: 'a task that does not exist',
    ask: watchTask({ taskId: NONE }),
    outline: 'connected | NOT_FOUND (NOT_FOUND)',
  },
  {
    name: 'a task of another user',
    ask: async ({ pair: { trpc } }) => {
      const { taskId } = await startTask(trpc, 'another user');
      return { path: 'task.onProgress', input: { taskId } };
    },
    outline: 'connected | NOT_FOUND (NOT_FOUND)',
  },
  {
    name: 'a task of another user, with a cursor',
    ask: async ({ pair: { trpc } }) => {
      const { taskId } = await startTask(trpc, 'another user');
      return { path: 'task.onProgress', input: { taskId, lastEventId: '1' } };
    },
    outline: 'connected | NOT_FOUND (NOT_FOUND)',
  },
  {
    name: 'a project that does not exist',
    ask: watchProject({ projectId: NONE }),
    outline: 'connected | NOT_FOUND (NOT_FOUND)',
  },
  {
    name: 'a project of another user',
    ask: async ({ pair: { trpc } }) => {
      const { projectId } = await startTask(trpc, 'another user');
      return { path: 'project.onProgress', input: { projectId, types: ['done'] } };
    },
    outline: 'connected | NOT_FOUND (NOT_FOUND)',
  },
];

describe.each([
  ['a bad input', inputs],
  ['bad credentials', credentials],
  ['tasks and projects of other users', others],
])('%s: the gateway refuses as tRPC refuses', (_what, scenarios) => {
  test.each(scenarios)('$name', (scenario) => runScenario(pair, scenario));
});
