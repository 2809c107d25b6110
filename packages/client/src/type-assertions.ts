import type { TaskMessage as UntypedMessage, TaskState as UntypedState } from '@taskwire/protocol';
import type { KindTask as Task } from '@taskwire/router';
import type { AnyKind, TaskKind, TaskMessage, TaskState } from '@taskwire/tasks';

// The schemas of a kind have checked these values. If no kind was requested, `Kind` is all kinds.

export function messageOf<Kind extends AnyKind>(_kind: Kind | undefined, message: UntypedMessage): TaskMessage<Kind> {
  return message as TaskMessage<Kind>;
}

export function stateOf<Kind extends AnyKind>(_kind: Kind | undefined, state: UntypedState): TaskState<Kind> {
  return state as TaskState<Kind>;
}

export function taskOf<Kind extends TaskKind>(_kind: Kind, task: { kind: Kind }): Task<Kind> {
  return task as Task<Kind>;
}
