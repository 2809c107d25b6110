import { createTaskCatalog, type TaskList } from '@taskwire/tasks';
import type { AppRouter, NoProcedures, OwnProcedures } from './app-router-type.ts';
import { standardProcedures } from './standard-procedures.ts';
import { router } from './trpc.ts';
import { appRouterOf } from './type-assertions.ts';

/** Definitions of the tasks that can be created, and own procedures. */
export interface AppRouterOptions<Tasks extends TaskList, Procedures extends OwnProcedures> {
  tasks: Tasks;
  /** Made of `callerProcedure`. None of them is called `task`, `project` or `system`. */
  procedures?: Procedures;
}

/**
 * Makes the router of a server. Its context (see `Context`) has a catalog of the same tasks.
 * @throws Error if two tasks have one kind, no JSON Schema describes an input, or a procedure has a name that is taken.
 */
export function createAppRouter<const Tasks extends TaskList, Procedures extends OwnProcedures = NoProcedures>({
  tasks,
  procedures,
}: AppRouterOptions<Tasks, Procedures>): AppRouter<Tasks, Procedures> {
  const standard = standardProcedures(createTaskCatalog(tasks));
  const taken = Object.keys(procedures ?? {}).find((name) => Object.hasOwn(standard, name));
  if (taken !== undefined)
    throw new Error(`procedures: "${taken}" is the name of procedures of Taskwire: take another`);
  return appRouterOf<Tasks, Procedures>(router({ ...standard, ...procedures }));
}
