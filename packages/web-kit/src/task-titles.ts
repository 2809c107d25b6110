import * as z from 'zod';
import { readStored, writeStored } from './stored-value.ts';

const TITLES_KEY = 'taskwire.titles';
const KEPT_TITLES = 100;
const titlesSchema = z.array(z.tuple([z.string(), z.string()]));

/** The names of the files that were uploaded here: a task itself tells its file's name only once it is done. */
export interface TaskTitles {
  remember(taskId: string, title: string): void;
  find(taskId: string): string | undefined;
  /** Forgets all: the next person at this browser shall not see them. */
  clear(): void;
}

/** Titles of tasks, kept in a browser's storage; the latest hundred. */
export function createTaskTitles(storage: Storage): TaskTitles {
  const read = (): [string, string][] => readStored(storage, TITLES_KEY, titlesSchema) ?? [];
  return {
    remember(taskId, title) {
      const others = read().filter(([known]) => known !== taskId);
      writeStored(storage, TITLES_KEY, [...others, [taskId, title]].slice(-KEPT_TITLES));
    },
    find: (taskId) => read().find(([known]) => known === taskId)?.[1],
    clear: () => writeStored(storage, TITLES_KEY, undefined),
  };
}
