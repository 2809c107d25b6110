import type { TaskSelection, TaskView } from '@taskwire/client';

/** Reason why a task, or its output, cannot be shown or failed. */
export interface ViewerFailure {
  code: string;
  message: string;
}

/** The failure of a watch that does not come back by itself. */
export function watchFailureOf({ connection, error }: TaskView<TaskSelection>): ViewerFailure | undefined {
  if (connection !== 'failed') return undefined;
  return error ?? { code: 'INTERNAL', message: 'the task cannot be watched' };
}

/** The failure of a task that has ended: its error, or an output that this build cannot read. */
export function endFailureOf({ state }: TaskView<TaskSelection>): ViewerFailure | undefined {
  if (state?.status === 'error') return state.error;
  if (state?.status !== 'done' || state.unreadableOutput === undefined) return undefined;
  return { code: 'END_UNREADABLE', message: 'the task is done, but its output does not fit its kind' };
}

/** Says that the view is not live, and the reason if it is known. Undefined while it is live, and once it is final. */
export function absenceOf({ connection, error }: TaskView<TaskSelection>): string | undefined {
  if (connection === 'idle') return 'Not connected.';
  const reason = error === undefined ? '' : ` ${error.message}`;
  if (connection === 'connecting') return `Connecting …${reason}`;
  return connection === 'reconnecting' ? `Not live, reconnecting …${reason}` : undefined;
}
