import type { AnyTaskDefinition, TaskCatalog } from '@taskwire/tasks';
import type { StoredTask } from '../../ports/task-store.ts';
import type { CatalogTask } from './task.ts';
import { catalogTaskOf } from './type-assertions.ts';

/** A stored task as its owner sees it, with its kind's types if it fits. Never throws: no row breaks a list. */
export function toTask<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
  stored: StoredTask,
): CatalogTask<Definition> {
  const { ownerId: _ownerId, ...task } = stored;
  const definition: AnyTaskDefinition | undefined = catalog.find(task.kind);
  if (definition === undefined) return catalogTaskOf<Definition>({ ...task, kindKnown: false });
  const { input, output, ...facts } = task;
  return catalogTaskOf<Definition>({ ...facts, ...readInput(definition, input), ...readOutput(definition, output) });
}

function readInput({ input: schema }: AnyTaskDefinition, stored: unknown) {
  const { success, data } = schema.safeParse(stored);
  return success && isJson(data) ? { input: data } : { input: stored, inputReadable: false as const };
}

function readOutput({ output: schema }: AnyTaskDefinition, stored: unknown) {
  if (stored === undefined) return {};
  const { success, data } = schema.safeParse(stored);
  return success && isJson(data) ? { output: data } : { unreadableOutput: stored };
}

/** A schema may turn a stored value into one that no JSON holds, such as a BigInt. */
function isJson(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}
