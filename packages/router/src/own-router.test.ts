import { TaskwireError } from '@taskwire/protocol';
import { defineTask, latest, list, upload } from '@taskwire/tasks';
import { initTRPC } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { callerProcedure, createAppRouter, errorFormatter, router, type Context } from './index.ts';
import { refusal } from './testing/callers.ts';
import { MemoryPorts } from './testing/test-ports.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  summary: 'Resizes a picture.',
  input: z.object({
    pages: z.array(z.object({ image: upload({ accept: ['image/png'] }) })),
    quality: z.int().default(80),
  }),
  output: z.object({ files: z.array(z.string()) }),
  stages: [{ name: 'resize', weight: 2, result: z.object({ file: z.string() }) }],
  channels: { preview: latest(z.object({ width: z.int() })), notes: list(z.string(), { keep: 10 }) },
});
const tryOut = defineTask({
  kind: 'try.out',
  input: z.object({ to: z.int().default(3) }),
  output: z.object({}),
  stages: [{ name: 'all', weight: 1 }],
  isDemo: true,
});
const tasks = [resizeImage, tryOut] as const;
const base = { kind: 'a.b', output: z.object({}), stages: [{ name: 'all', weight: 1 }] } as const;

const whoAmI = callerProcedure.input(z.object({ text: z.string() })).query(({ ctx, input }) => {
  if (input.text === 'refuse') throw new TaskwireError('CONFLICT', 'not now');
  return { userId: ctx.caller.userId, kinds: ctx.ports.catalog.kinds };
});
const appRouter = createAppRouter({ tasks, procedures: { whoAmI, deep: router({ whoAmI }) } });

function context(ports = new MemoryPorts(tasks)): Context {
  return { taskwire: { ports, caller: { userId: 'ann' } } };
}

it('system.kinds describes the offered kinds, with the schema of the input as a caller writes it', async () => {
  const ports = new MemoryPorts(tasks);
  ports.hasDemoTasks = false;
  const kinds = await appRouter.createCaller(context(ports)).system.kinds();
  expect(kinds).toMatchObject([
    {
      kind: 'image.resize',
      summary: 'Resizes a picture.',
      isDemo: false,
      stages: [{ name: 'resize', weight: 2 }],
      channels: [
        { name: 'preview', mode: 'latest' },
        { name: 'notes', mode: 'list', keep: 10 },
      ],
      inputSchema: { type: 'object', required: ['pages'], properties: { quality: { type: 'integer', default: 80 } } },
      uploads: [{ path: 'pages.*.image', accept: ['image/png'] }],
    },
  ]);
  ports.hasDemoTasks = true;
  expect((await appRouter.createCaller(context(ports)).system.kinds()).map(({ kind }) => kind)).toEqual([
    'image.resize',
    'try.out',
  ]);
});

it('a kind whose input no JSON Schema describes is refused when the router is made', () => {
  const input = z.object({ a: z.string().meta({ id: 'text' }), b: z.string().min(2).meta({ id: 'text' }) });
  const refused = () => createAppRouter({ tasks: [{ ...tryOut, input }] });
  expect(refused).toThrow('task kind "try.out": input: no JSON Schema describes it: ');
});

it('system.kinds answers soon for an input with twice as many places at each level', async () => {
  let twice: z.ZodType = z.string();
  for (let level = 0; level < 40; level += 1) twice = z.object({ a: twice, b: twice });
  const wide = createAppRouter({ tasks: [{ ...tryOut, input: z.object({ twice, to: z.int().default(3) }) }] });
  const [kind] = await wide.createCaller(context()).system.kinds();
  expect(JSON.stringify(kind).length).toBeLessThan(20_000);
});

it('a kind of the server can be created, listed and got', async () => {
  const api = appRouter.createCaller(context());
  const { taskId } = await api.task.create({ kind: 'try.out', input: {} });
  expect(await api.task.get({ taskId })).toMatchObject({ kind: 'try.out', input: { to: 3 } });
  expect((await api.task.list({ kind: 'try.out' })).items).toHaveLength(1);
  expect((await api.task.list({ kind: 'image.resize' })).items).toEqual([]);
});

it('a check of a kind that fails by itself is a fault of the server, whose message stays there', async () => {
  const throwing = z.string().refine(() => {
    throw new Error('password of the database');
  });
  const waiting = z.string().refine(() => Promise.resolve(true));
  for (const text of [throwing, waiting]) {
    const kind = defineTask({ ...base, input: z.object({ text }) });
    const api = createAppRouter({ tasks: [kind] }).createCaller(context(new MemoryPorts([kind])));
    expect(await refusal(api.task.create({ kind: 'a.b', input: { text: 'x' } }))).toMatchObject({
      ...{ taskwireCode: 'INTERNAL', message: 'the check of the input failed on the server' },
    });
  }
});

it('own procedures get the caller and the ports, and refuse as all others do', async () => {
  const api = appRouter.createCaller(context());
  expect(await api.deep.whoAmI({ text: 'x' })).toEqual({ userId: 'ann', kinds: ['image.resize', 'try.out'] });
  expect(await refusal(api.whoAmI({ text: 'refuse' }))).toMatchObject({ code: 'CONFLICT', taskwireCode: 'CONFLICT' });
  expect(await refusal(api.whoAmI({ text: 'a\0b' }))).toMatchObject({ taskwireCode: 'INVALID_INPUT' });
  const nobody = appRouter.createCaller({ taskwire: { ports: new MemoryPorts(tasks) } });
  expect(await refusal(nobody.whoAmI({ text: 'x' }))).toMatchObject({ taskwireCode: 'UNAUTHENTICATED' });
});

it.each(['task', 'project', 'system'])('own procedures cannot be called %s', (name) => {
  expect(() => createAppRouter({ tasks, procedures: { [name]: whoAmI } })).toThrow(`procedures: "${name}" is the name`);
});

it('stands in a router with a context of its own; errors have their Taskwire form there', async () => {
  const own = initTRPC.context<Context & { visits: number }>().create({ errorFormatter });
  const outer = own.router({
    visits: own.procedure.query(({ ctx }) => ctx.visits),
    taskwire: appRouter,
  });
  const api = outer.createCaller({ ...context(), visits: 7 });
  expect(await api.visits()).toBe(7);
  expect(await api.taskwire.whoAmI({ text: 'x' })).toMatchObject({ userId: 'ann' });
  const call = async (path: string, input: object) => {
    const url = `http://x/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
    const createContext = () => ({ ...context(), visits: 7 });
    const answer = await fetchRequestHandler({ endpoint: '', req: new Request(url), router: outer, createContext });
    const body: unknown = await answer.json();
    return body;
  };
  expect(await call('taskwire.whoAmI', { text: 'refuse' })).toMatchObject({
    error: { message: 'not now', data: { taskwireCode: 'CONFLICT', fields: [], path: 'taskwire.whoAmI' } },
  });
  expect(await call('taskwire.task.list', { kind: 'image.crop' })).toMatchObject({
    error: { data: { taskwireCode: 'INVALID_INPUT', fields: [{ path: 'kind' }] } },
  });
});

it('calls of an outer router without its context fail, and the server’s log says what to add', async () => {
  const outer = initTRPC.create({ errorFormatter }).router({ taskwire: appRouter });
  const causes: unknown[] = [];
  const answer = await fetchRequestHandler({
    ...{ endpoint: '', req: new Request('http://x/taskwire.system.kinds'), router: outer },
    onError: ({ error }) => void causes.push(error.cause),
  });
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('createContext')]);
  expect(causes).toEqual([expect.objectContaining({ message: expect.stringContaining('taskwire.createContext') })]);
});
