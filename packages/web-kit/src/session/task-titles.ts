import * as z from 'zod';
import { readStored, writeStored } from '../stores/stored-value.ts';

const TITLES_KEY = 'taskwire.titles';
/** Largest number of stored titles; the oldest is removed first. */
const KEPT_TITLES = 100;
const titlesSchema = z.array(z.tuple([z.string(), z.string()]));

/** File names of uploads from this browser. A task itself reports its file name only when it is done. */
export interface TaskTitles {
  remember(taskId: string, title: string): void;
  find(taskId: string): string | undefined;
  /** Removes all titles, so that the next person at this browser does not see them. */
  clear(): void;
}

/** Titles of the latest hundred tasks, in a browser's storage. */
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
