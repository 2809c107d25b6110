import { TaskwireClientError } from '../errors/client-error.ts';
import { isRecord } from '../transport/shapes.ts';

/**
 * Checks the argument `task`, in which JavaScript may give a kind's bare name.
 * @throws TaskwireClientError INVALID_INPUT, with the remedy.
 */
export function checkReference(task: unknown): void {
  if (isRecord(task) && typeof task['kind'] === 'string') return;
  const kind = typeof task === 'string' ? task : 'image.resize';
  const message = `must name a kind, by its definition or by taskKind(${JSON.stringify(kind)})`;
  throw new TaskwireClientError('INVALID_INPUT', `task: ${message}`, { fields: [{ path: 'task', message }] });
}
