import type { TaskReference, TaskSelection } from '@taskwire/tasks';

/** A selection that names a kind, or kinds. */
export type NamedSelection = Exclude<TaskSelection, undefined>;

/** Whether a selection is a list of kinds: then tasks of further kinds may come, and are `UnknownTask`s. */
export function isList(selection: TaskSelection): selection is readonly TaskReference[] {
  return Array.isArray(selection);
}

/** The reference with which a task of `kind` is read; undefined if the selection does not name that kind. */
export function referenceFor(selection: TaskSelection, kind: string | undefined): TaskReference | undefined {
  return isList(selection) ? selection.find((each) => each.kind === kind) : selection;
}

/**
 * The kinds of a selection as a text. Two selections with the same text read a task in the same way, so a definition
 * that is written inline makes no new watch.
 */
export function selectionKey(selection: TaskSelection): string {
  if (selection === undefined) return '*';
  return isList(selection) ? `[${selection.map(referenceKey).join(' ')}]` : referenceKey(selection);
}

/** A definition has schemas, which check values and add their defaults; a name from `taskKind` takes them as sent. */
function referenceKey(reference: TaskReference): string {
  return 'output' in reference ? `${reference.kind} checked` : reference.kind;
}
