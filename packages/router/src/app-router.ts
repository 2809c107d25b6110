import { search } from './procedures/document/search.ts';
import { create as createProject } from './procedures/project/create.ts';
import { list as listProjects } from './procedures/project/list.ts';
import { cancel } from './procedures/task/cancel.ts';
import { create as createTask } from './procedures/task/create.ts';
import { get } from './procedures/task/get.ts';
import { list as listTasks } from './procedures/task/list.ts';
import { onProgress } from './procedures/task/on-progress.ts';
import { router } from './trpc.ts';

/** Every procedure there is. Clients import its type only. */
export const appRouter = router({
  task: router({ create: createTask, get, list: listTasks, cancel, onProgress }),
  project: router({ create: createProject, list: listProjects }),
  document: router({ search }),
});

export type AppRouter = typeof appRouter;
