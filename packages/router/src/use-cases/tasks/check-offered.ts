import { TaskwireError } from '@taskwire/protocol';
import type { Ports } from '../../context.ts';

/** Whether a server offers a kind: one for demonstrations only if its settings say so. */
export function isOffered({ hasDemoTasks }: Pick<Ports, 'hasDemoTasks'>, { isDemo }: { isDemo: boolean }): boolean {
  return hasDemoTasks || !isDemo;
}

/** @throws TaskwireError INVALID_INPUT, naming the field, for a kind that the server does not have, or does not offer. */
export function checkOffered(ports: Pick<Ports, 'hasDemoTasks' | 'catalog'>, kind: string): void {
  const definition = ports.catalog.find(kind);
  if (definition === undefined)
    throw refusal(`this server has no kind "${kind}"; it has ${ports.catalog.kinds.join(', ')}`);
  if (isOffered(ports, definition)) return;
  throw refusal(
    `${kind} is for demonstrations, which this server does not offer; set DEMO_TASKS=on for its api and its workers`,
  );
}

function refusal(message: string): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `kind: ${message}`, { fields: [{ path: 'kind', message }] });
}
