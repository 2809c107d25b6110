import { deleteOne as deleteDocument } from './procedures/document/delete.ts';
import { get as getDocument } from './procedures/document/get.ts';
import { list as listDocuments } from './procedures/document/list.ts';
import { page } from './procedures/document/page.ts';
import { replace } from './procedures/document/replace.ts';
import { search } from './procedures/document/search.ts';
import { create as createProject } from './procedures/project/create.ts';
import { deleteOne as deleteProject } from './procedures/project/delete.ts';
import { list as listProjects } from './procedures/project/list.ts';
import { onProgress as onProjectProgress } from './procedures/project/on-progress.ts';
import { status } from './procedures/system/status.ts';
import { cancel } from './procedures/task/cancel.ts';
import { create as createTask } from './procedures/task/create.ts';
import { deleteOne as deleteTask } from './procedures/task/delete.ts';
import { get } from './procedures/task/get.ts';
import { history } from './procedures/task/history.ts';
import { list as listTasks } from './procedures/task/list.ts';
import { onAny } from './procedures/task/on-any.ts';
import { onProgress } from './procedures/task/on-progress.ts';
import { poll } from './procedures/task/poll.ts';
import { retry } from './procedures/task/retry.ts';
import { router } from './trpc.ts';

/** Every procedure there is. Clients import its type only. */
export const appRouter = router({
  task: router({
    create: createTask,
    get,
    list: listTasks,
    cancel,
    retry,
    delete: deleteTask,
    history,
    poll,
    onProgress,
    onAny,
  }),
  project: router({ create: createProject, list: listProjects, delete: deleteProject, onProgress: onProjectProgress }),
  document: router({ search, list: listDocuments, get: getDocument, page, replace, delete: deleteDocument }),
  system: router({ status }),
});

export type AppRouter = typeof appRouter;
