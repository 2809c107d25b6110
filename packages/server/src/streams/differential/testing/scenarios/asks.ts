import type { Ask } from './ask.ts';
import type { Stage } from './scenario.ts';

type Input = Record<string, unknown>;

/** Asks for the scenario's task. */
export const watchTask =
  (input: Input = {}, rest: Partial<Ask> = {}) =>
  ({ task }: Stage): Ask => ({ path: 'task.onProgress', input: { taskId: task.taskId, ...input }, ...rest });

/** Asks for the scenario's project. */
export const watchProject =
  (input: Input = {}, rest: Partial<Ask> = {}) =>
  ({ task }: Stage): Ask => ({ path: 'project.onProgress', input: { projectId: task.projectId, ...input }, ...rest });

/** Asks for all tasks of the scenario's user. */
export const watchAll =
  (input?: Input, rest: Partial<Ask> = {}) =>
  (): Ask => ({ path: 'task.onAny', ...(input === undefined ? {} : { input }), ...rest });
