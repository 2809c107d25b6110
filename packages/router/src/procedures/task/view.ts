import { isUnknownKind, taskOutcomeSchema, taskRecordSchema } from '@taskwire/tasks';
import type { StoredTask } from '../../ports/task-store.ts';
import type { Task } from './task.ts';
import { unreadableTask } from './type-assertions.ts';

/** A stored task as its owner sees it, with its kind's types if it fits. Never throws: no row breaks a list. */
export function toTask(stored: StoredTask): Task {
  const { ownerId: _ownerId, kind, input, output, ...facts } = stored;
  const result = output === undefined ? {} : { output };
  if (isUnknownKind(kind)) return { ...facts, kind, kindKnown: false, input, ...result };
  const record = taskRecordSchema.safeParse({ kind, input, ...result });
  if (record.success && isJson(record.data)) return { ...facts, ...record.data };
  const unreadable = output === undefined ? {} : { unreadableOutput: output };
  const fitting = taskRecordSchema.safeParse({ kind, input });
  if (fitting.success && isJson(fitting.data)) return { ...facts, ...fitting.data, ...unreadable };
  const outcome = taskOutcomeSchema.safeParse({ kind, ...result });
  const known = outcome.success && isJson(outcome.data) ? outcome.data : { kind, ...unreadable };
  return unreadableTask({ ...facts, ...known, input, inputReadable: false });
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
