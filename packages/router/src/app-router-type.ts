import type { TaskList } from '@taskwire/tasks';
import type { TRPCBuiltRouter, TRPCCreateRouterOptions, TRPCDecorateCreateRouterOptions } from '@trpc/server';
import type { Context } from './context.ts';
import type { ErrorShape } from './errors.ts';
import type { standardProcedures } from './standard-procedures.ts';

/** Own procedures of a server, by name: procedures, routers, or records of them. */
export type OwnProcedures = TRPCCreateRouterOptions;

/** For a server without own procedures. */
export type NoProcedures = { [Name in never]: OwnProcedures[string] };

/** Types that the whole router shares. */
interface RouterRoot {
  ctx: Context;
  meta: object;
  errorShape: ErrorShape;
  transformer: false;
}

/** A server's router: the procedures of every server, with the types of its tasks, and its own. */
export type AppRouter<
  Tasks extends TaskList = TaskList,
  Procedures extends OwnProcedures = NoProcedures,
> = TRPCBuiltRouter<
  RouterRoot,
  ReturnType<typeof standardProcedures<Tasks[number]>> & TRPCDecorateCreateRouterOptions<Procedures>
>;
