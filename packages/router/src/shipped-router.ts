import { shippedTasks } from '@taskwire/tasks';
import type { AnyKind, TaskKind } from '@taskwire/tasks';
import type { TaskList, TypedTaskEvent } from '@taskwire/tasks/next';
import { createAppRouter } from './app-router.ts';
import type { AppRouter, OwnProcedures } from './app-router-type.ts';
import { page } from './procedures/document/page.ts';
import { replace } from './procedures/document/replace.ts';
import { search } from './procedures/document/search.ts';
import * as documents from './procedures/document/stored-documents.ts';
import type { PollAnswer } from './procedures/task/poll.ts';
import type { Task, UnknownTask } from './procedures/task/task.ts';
import { router } from './trpc.ts';

/** Procedures of documents. */
export const documentProcedures = {
  document: router({
    search,
    list: documents.list,
    get: documents.get,
    page,
    replace,
    delete: documents.deleteOne,
  }),
};

/** The router of the kinds of this repository. */
export const appRouter = createAppRouter({ tasks: shippedTasks, procedures: documentProcedures });

/** A definition of this repository. */
export type ShippedTask = (typeof shippedTasks)[number];

/** A task of a kind of this repository, by the kind's name. */
export type KindTask<Kind extends AnyKind = AnyKind> = {
  [Each in Kind]: Each extends TaskKind ? Task<Extract<ShippedTask, { kind: Each }>> : UnknownTask;
}[Kind];

/** The router of given tasks and procedures; by default of those of this repository. */
export type ShippedAppRouter<
  Tasks extends TaskList = typeof shippedTasks,
  Procedures extends OwnProcedures = typeof documentProcedures,
> = AppRouter<Tasks, Procedures>;

/** An event of a task of this repository. */
export type ShippedTaskEvent = TypedTaskEvent<ShippedTask>;

/** The answer of `task.poll` of this repository. */
export type ShippedPollAnswer = PollAnswer<ShippedTask>;
