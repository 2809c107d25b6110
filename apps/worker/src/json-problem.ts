import { findTextProblem, type FieldError } from '@taskwire/protocol';

/**
 * The first place in a handler's value that cannot be stored as JSON; undefined if all of it can.
 * @param root the name of the value, with which paths begin.
 */
export function jsonProblem(value: unknown, root: string): FieldError | undefined {
  try {
    return findTextProblem(JSON.parse(JSON.stringify(value)), root);
  } catch {
    return { path: root, message: 'is nothing that JSON can hold' };
  }
}
