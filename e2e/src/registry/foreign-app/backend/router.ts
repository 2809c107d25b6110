import { errorFormatter, type Context } from '@taskwire/server';
import { initTRPC, TRPCError } from '@trpc/server';
import type { Request } from 'express';
import * as z from 'zod';
import { addErrand, errandsOf, publicTables } from './database';
import { memberOfRequest } from './sessions';
import { taskwire } from './taskwire';

interface BakeryContext extends Context {
  member: string | undefined;
}

export async function createContext({ req }: { req: Request }): Promise<BakeryContext> {
  return { ...(await taskwire.createContext({ req })), member: await memberOfRequest(req) };
}

const t = initTRPC.context<BakeryContext>().create({ errorFormatter });

const memberProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.member === undefined) throw new TRPCError({ code: 'FORBIDDEN', message: 'who are you?' });
  return next({ ctx: { member: ctx.member } });
});

export const appRouter = t.router({
  tables: t.procedure.query(publicTables),
  errands: t.router({
    add: memberProcedure.input(z.string()).mutation(({ ctx, input }) => addErrand(ctx.member, input)),
    list: memberProcedure.query(({ ctx }) => errandsOf(ctx.member)),
  }),
  taskwire: taskwire.router,
});

export type BakeryRouter = typeof appRouter;
