import type { IncomingMessage } from 'node:http';
import { callerProcedure, errorFormatter, type Context } from '@taskwire/router';
import { defineTask } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import { initTRPC, type inferRouterInputs, type inferRouterOutputs } from '@trpc/server';
import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { bearer } from './auth/bearer.ts';
import { createTaskwireServer } from './create-taskwire-server.ts';

const countWords = defineTask({
  kind: 'words.count',
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});
const greet = callerProcedure.input(z.object({ name: z.string() })).query(({ input }) => `hello ${input.name}`);
const taskwire = createTaskwireServer({ tasks: [countWords], authenticate: bearer(), procedures: { greet } });
type AppRouter = typeof taskwire.router;

test('the router follows from the tasks and the procedures of the server', () => {
  expectTypeOf<inferRouterInputs<AppRouter>['task']['create']['kind']>().toEqualTypeOf<'words.count'>();
  expectTypeOf<inferRouterInputs<AppRouter>['task']['create']['input']>().toEqualTypeOf<{ text: string }>();
  expectTypeOf<inferRouterOutputs<AppRouter>['greet']>().toBeString();
  expectTypeOf<TRPCClient<AppRouter>['task']['get']['query']>().returns.resolves.toHaveProperty('kind');
});

test('it keeps its types in a router of a team, whose context has further members', () => {
  const own = initTRPC.context<Context & { visits: number }>().create({ errorFormatter });
  const outer = own.router({ visits: own.procedure.query(({ ctx }) => ctx.visits), taskwire: taskwire.router });
  expectTypeOf(outer).toHaveProperty('createCaller');
  type Inputs = inferRouterInputs<typeof outer>;
  expectTypeOf<Inputs['taskwire']['task']['create']['input']>().toEqualTypeOf<{ text: string }>();
  const createContext = async ({ req }: { req: IncomingMessage }) => ({
    ...(await taskwire.createContext({ req })),
    visits: 1,
  });
  expectTypeOf(createContext).returns.resolves.toExtend<Context & { visits: number }>();
});

test('wrong options do not compile', () => {
  // @ts-expect-error a user has an id
  createTaskwireServer({ tasks: [countWords], authenticate: () => ({ name: 'ada' }) });
  // @ts-expect-error a port is a number
  createTaskwireServer({ tasks: [countWords], port: '4000' });
  // @ts-expect-error there is no such option
  createTaskwireServer({ tasks: [countWords], prot: 4000 });
});
