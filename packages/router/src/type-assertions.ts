import type { TaskList } from '@taskwire/tasks';
import type { AnyTRPCRouter } from '@trpc/server';
import type { AppRouter, OwnProcedures } from './app-router-type.ts';

/** A router of these tasks and procedures: tRPC's type for it cannot be computed before both are known. */
export function appRouterOf<Tasks extends TaskList, Procedures extends OwnProcedures>(
  built: AnyTRPCRouter,
): AppRouter<Tasks, Procedures> {
  return built as AppRouter<Tasks, Procedures>;
}
