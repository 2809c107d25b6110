import { boundedText } from '@taskwire/process-kit';
import { fieldErrorText, fieldErrors, taskFailureSchema, withoutProblems, type TaskFailure } from '@taskwire/protocol';
import type { z } from 'zod';
import { TaskError } from '../../task-error.ts';
import { findOutage } from '../../uploads/find-outage.ts';

/** Longest message of a failure (UTF-16 units). */
const LONGEST_MESSAGE = 10_000;

/** Failure of an attempt: the error for the owner, and the thrown value for the worker's log. */
export interface Failure {
  failure: TaskFailure;
  /** Whether another attempt would fail too. */
  permanent: boolean;
  /** Whether something outside of the handler was away. It uses up no try. */
  isOutage?: boolean;
  cause?: unknown;
}

/**
 * The failure for a value that a handler threw. Only the words of a TaskError go to the owner, because other errors may
 * hold paths, SQL or secrets. A TaskError whose code does not fit an event counts as unexpected.
 */
export function failureOf(error: unknown): Failure {
  return (
    knownFailureOf(error) ?? {
      failure: { code: 'HANDLER_FAILED', message: 'the task failed unexpectedly' },
      permanent: false,
      cause: error,
    }
  );
}

/** Undefined for any other error, also if reading it or its causes throws (a Proxy, a getter). */
function knownFailureOf(error: unknown): Failure | undefined {
  try {
    return taskFailureOf(error) ?? outageOf(error);
  } catch {
    return undefined;
  }
}

function taskFailureOf(error: unknown): Failure | undefined {
  if (!(error instanceof TaskError)) return undefined;
  const { code, message, permanent } = error;
  const failure = taskFailureSchema.safeParse({ code, message: storableMessage(message) });
  return failure.success ? { failure: failure.data, permanent, cause: error } : undefined;
}

function outageOf(thrown: unknown): Failure | undefined {
  if (findOutage(thrown) === undefined) return undefined;
  return { failure: UPLOADS_UNAVAILABLE, permanent: false, isOutage: true, cause: thrown };
}

/** The message, cut and cleaned to fit an event: a task whose last event cannot be written would never end. */
function storableMessage(message: string): string {
  return withoutProblems(boundedText(message, LONGEST_MESSAGE));
}

/** The failure for a stored input that its schema refuses. */
export function schemaFailure(error: z.ZodError): Failure {
  const fields = fieldErrorText(fieldErrors(error, { root: 'input' }));
  const message = storableMessage(`the task's input does not fit its schema: ${fields}`);
  return { failure: { code: 'INPUT_INVALID', message }, permanent: true };
}

/** The failure for a kind that this build does not have. The runner leaves such tasks waiting, so this is a safeguard. */
export function unknownKind(kind: string): Failure {
  const message = `this worker does not know tasks of the kind "${boundedText(kind, 100)}"`;
  return { failure: { code: 'KIND_UNKNOWN', message }, permanent: true };
}

/** The failure of a task whose workers died as often as it may be tried: the task probably kills them. */
export const WORKERS_LOST: Failure = {
  failure: {
    code: 'WORKER_LOST',
    message: 'the workers that ran the task stopped without a word, too often to try again',
  },
  permanent: true,
};

/** The error in the `retrying` event of a task that a stopping worker hands over. */
export const WORKER_STOPPED: TaskFailure = {
  code: 'WORKER_STOPPED',
  message: 'the worker was stopped before the task was done',
};

/** The error in the `retrying` event of a task whose uploads cannot be read or written now. */
const UPLOADS_UNAVAILABLE: TaskFailure = {
  code: 'UPLOADS_UNAVAILABLE',
  message: 'the storage of uploads cannot be reached now: the task goes on when it is back',
};

/** The failure of a task that has reached its time limit. */
export function timedOut(limitMs: number): TaskFailure {
  return { code: 'TIMEOUT', message: `the task was not done within its time limit of ${limitMs / 1_000} s` };
}
