import type { AnyTaskDefinition, TaskCatalog } from '@taskwire/tasks';
import { onProgress as onProjectProgress } from './procedures/project/on-progress.ts';
import * as projects from './procedures/project/projects.ts';
import { kinds } from './procedures/system/kinds.ts';
import { status } from './procedures/system/status.ts';
import { cancel } from './procedures/task/cancel.ts';
import { create } from './procedures/task/create.ts';
import { deleteOne } from './procedures/task/delete-one.ts';
import { get } from './procedures/task/get.ts';
import { history } from './procedures/task/history.ts';
import { list } from './procedures/task/list.ts';
import { onAny } from './procedures/task/on-any.ts';
import { onProgress } from './procedures/task/on-progress.ts';
import { poll } from './procedures/task/poll.ts';
import { retry } from './procedures/task/retry.ts';

/** The procedures of every router, with the types of its kinds. */
export function standardProcedures<Definition extends AnyTaskDefinition>(catalog: TaskCatalog<Definition>) {
  return {
    task: {
      create: create(catalog),
      get: get(catalog),
      list: list(catalog),
      cancel: cancel(catalog),
      retry: retry(catalog),
      delete: deleteOne,
      history: history(catalog),
      poll: poll(catalog),
      onProgress: onProgress(catalog),
      onAny,
    },
    project: {
      create: projects.create,
      list: projects.list,
      delete: projects.deleteOne,
      onProgress: onProjectProgress,
    },
    system: { status, kinds: kinds(catalog) },
  };
}
