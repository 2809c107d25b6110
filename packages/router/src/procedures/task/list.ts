import { TASK_STATUSES, type TaskStatus } from '@taskwire/protocol';
import type { AnyTaskDefinition, TaskCatalog } from '@taskwire/tasks';
import * as z from 'zod';
import type { TaskListQuery } from '../../ports/task-store.ts';
import type { Query } from '../../procedure-types.ts';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage, type Page, type PageInput } from '../../use-cases/list-position.ts';
import type { CatalogTask } from './task.ts';
import { toTask } from './to-task.ts';

/** Input of `task.list`: a page of the tasks of a kind, of some statuses, of a project. */
export interface TaskListInput<Definition extends AnyTaskDefinition> extends PageInput {
  kind?: Definition['kind'];
  status?: TaskStatus[];
  projectId?: string;
}

/** The tasks of the caller, newest first, a page at a time. */
export function list<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Query<TaskListInput<Definition>, Page<CatalogTask<Definition>>> {
  const listInput = z.object({
    ...pageInput,
    kind: z.exactOptional(z.enum(catalog.tasks.map(({ kind }): Definition['kind'] => kind))),
    status: z.exactOptional(z.array(z.enum(TASK_STATUSES)).min(1)),
    projectId: z.exactOptional(z.uuid()),
  });
  return callerProcedure.input(listInput).query(async ({ ctx, input }) => {
    const { cursor, limit, ...filters } = input;
    const after = parseListCursor(cursor);
    const query: TaskListQuery = { ...filters, ownerId: ctx.caller.userId, limit: limit + 1 };
    const tasks = await ctx.ports.tasks.list(after === undefined ? query : { ...query, after });
    return toPage(tasks, limit, {
      view: (task) => toTask(catalog, task),
      position: (task) => ({ createdAt: task.createdAt, id: task.taskId }),
    });
  });
}
