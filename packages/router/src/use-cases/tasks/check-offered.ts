import { TaskwireError } from '@taskwire/protocol';
import { taskDefinitions, type TaskKind } from '@taskwire/tasks';
import type { Ports } from '../../context.ts';

/** @throws TaskwireError INVALID_INPUT, naming the field, for a kind for demonstrations on a server that does not offer them. */
export function checkOffered({ hasDemoTasks }: Pick<Ports, 'hasDemoTasks'>, kind: TaskKind): void {
  if (hasDemoTasks || !taskDefinitions[kind].isDemo) return;
  const message = `${kind} is for demonstrations, which this server does not offer; set DEMO_TASKS=on for its api and its workers`;
  throw new TaskwireError('INVALID_INPUT', `kind: ${message}`, { fields: [{ path: 'kind', message }] });
}
