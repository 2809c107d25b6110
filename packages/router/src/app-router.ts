import { page } from './procedures/document/page.ts';
import { replace } from './procedures/document/replace.ts';
import { search } from './procedures/document/search.ts';
import * as documents from './procedures/document/stored-documents.ts';
import { onProgress as onProjectProgress } from './procedures/project/on-progress.ts';
import * as projects from './procedures/project/projects.ts';
import { status } from './procedures/system/status.ts';
import { cancel, create, retry } from './procedures/task/commands.ts';
import { history } from './procedures/task/history.ts';
import { onAny } from './procedures/task/on-any.ts';
import { onProgress } from './procedures/task/on-progress.ts';
import { poll } from './procedures/task/poll.ts';
import * as tasks from './procedures/task/stored-tasks.ts';
import { router } from './trpc.ts';

/** Every procedure. Clients import its type only. */
export const appRouter = router({
  task: router({
    create,
    get: tasks.get,
    list: tasks.list,
    cancel,
    retry,
    delete: tasks.deleteOne,
    history,
    poll,
    onProgress,
    onAny,
  }),
  project: router({
    create: projects.create,
    list: projects.list,
    delete: projects.deleteOne,
    onProgress: onProjectProgress,
  }),
  document: router({
    search,
    list: documents.list,
    get: documents.get,
    page,
    replace,
    delete: documents.deleteOne,
  }),
  system: router({ status }),
});

export type AppRouter = typeof appRouter;
