import type { AnyTaskDefinition, TaskCatalog } from '@taskwire/tasks';
import type * as z from 'zod';
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
  const input = readBy(schema, stored);
  return input === undefined ? { input: stored, inputReadable: false as const } : { input };
}

function readOutput({ output: schema }: AnyTaskDefinition, stored: unknown) {
  if (stored === undefined) return {};
  const output = readBy(schema, stored);
  return output === undefined ? { unreadableOutput: stored } : { output };
}

/** A stored value by its schema; undefined if it does not fit, a check throws, or JSON cannot hold the result. */
function readBy(schema: z.ZodType, stored: unknown): unknown {
  try {
    const { data } = schema.safeParse(stored);
    JSON.stringify(data);
    return data;
  } catch {
    return undefined;
  }
}
