import { TaskwireError } from '@taskwire/protocol';
import type { Caller } from '../context.ts';

/**
 * The owner check (MUST 15): an item of another owner is answered exactly as one that does not exist.
 * @throws TaskwireError NOT_FOUND.
 */
export function requireOwned<Item extends { ownerId: string }>(
  caller: Caller,
  item: Item | undefined,
  noun: string,
): Item {
  if (item === undefined || item.ownerId !== caller.userId) {
    throw new TaskwireError('NOT_FOUND', `there is no such ${noun} among yours`);
  }
  return item;
}
