import type { TaskFacts } from '@taskwire/client';

/** A watched task ended without an output: it failed or was canceled, or its output does not fit its definition. */
export class TaskEndError extends Error {
  readonly taskId: string;
  /** `error`, `canceled`, or `done` if the output could not be read. */
  readonly status: TaskFacts['status'];
  /** Code of the failure, such as `HANDLER_FAILED`; `CANCELED`, or `OUTPUT_UNREADABLE`. */
  readonly code: string;

  constructor({ taskId, status, error }: TaskFacts) {
    const { code, message } = error ?? reasonOf(status);
    super(`task ${taskId}: ${message} (${code})`);
    this.name = 'TaskEndError';
    this.taskId = taskId;
    this.status = status;
    this.code = code;
  }
}

function reasonOf(status: TaskFacts['status']): { code: string; message: string } {
  if (status === 'canceled') return { code: 'CANCELED', message: 'it was canceled' };
  return { code: 'OUTPUT_UNREADABLE', message: 'its output does not fit the definition: is it the server’s version?' };
}
