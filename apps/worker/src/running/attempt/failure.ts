import { boundedText } from '@taskwire/process-kit';
import {
  fieldErrorText,
  fieldErrors,
  taskFailureSchema,
  withoutProblems,
  type FieldError,
  type TaskFailure,
} from '@taskwire/protocol';
import type { z } from 'zod';
import { TaskError } from '../../task-error.ts';

/** Longest message of a failure (UTF-16 units). */
const LONGEST_MESSAGE = 10_000;

/** A failed attempt: what its owner is told, whether to try again, and what was thrown, for the log. */
export interface Failure {
  failure: TaskFailure;
  permanent: boolean;
  cause?: unknown;
}

/**
 * What a handler threw. Only a TaskError's words are for its owner: anything else may hold paths, SQL or secrets. A code
 * that no event may hold would make the log unreadable, so such an error counts as unexpected.
 */
export function failureOf(error: unknown): Failure {
  return (
    taskFailureOf(error) ?? {
      failure: { code: 'HANDLER_FAILED', message: 'the task failed unexpectedly' },
      permanent: false,
      cause: error,
    }
  );
}

/** Looking at what was thrown may throw: a Proxy, a getter. Such a thing is no TaskError. */
function taskFailureOf(error: unknown): Failure | undefined {
  try {
    if (!(error instanceof TaskError)) return undefined;
    const { code, message, permanent } = error;
    const failure = taskFailureSchema.safeParse({ code, message: storableMessage(message) });
    return failure.success ? { failure: failure.data, permanent, cause: error } : undefined;
  } catch {
    return undefined;
  }
}

/** The message as an event can hold it: an event that cannot be written would keep the task from ever ending. */
function storableMessage(message: string): string {
  return withoutProblems(boundedText(message, LONGEST_MESSAGE));
}

/** A stored input, or a handler's result, that its schema refuses: no further try would change that. */
export function schemaFailure(code: 'INPUT_INVALID' | 'OUTPUT_INVALID', error: z.ZodError): Failure {
  const noun = code === 'INPUT_INVALID' ? 'input' : 'result';
  const fields = fieldErrorText(fieldErrors(error, { root: noun }));
  return {
    failure: { code, message: storableMessage(`the task's ${noun} does not fit its schema: ${fields}`) },
    permanent: true,
  };
}

/** A result that its schema takes, but that cannot be stored: a BigInt, a cycle, nothing at all, an ill-formed text. */
export function outputUnstorable(problem: FieldError): Failure {
  const message = `the task's result cannot be stored: ${fieldErrorText([problem])}`;
  return { failure: { code: 'OUTPUT_INVALID', message }, permanent: true };
}

/** This build has no such kind of task. Such a task waits for a worker that has; this one is only asked by mistake. */
export function unknownKind(kind: string): Failure {
  const message = `this worker does not know tasks of the kind "${boundedText(kind, 100)}"`;
  return { failure: { code: 'KIND_UNKNOWN', message }, permanent: true };
}

/** The workers that had the task died without a word, as often as it may be tried: it is probably what kills them. */
export const WORKERS_LOST: Failure = {
  failure: {
    code: 'WORKER_LOST',
    message: 'the workers that ran the task stopped without a word, too often to try again',
  },
  permanent: true,
};

/** The worker is being stopped before the task is done: another one takes it over. */
export const WORKER_STOPPED: TaskFailure = {
  code: 'WORKER_STOPPED',
  message: 'the worker was stopped before the task was done',
};

/** The task has taken longer than it may. */
export function timedOut(limitMs: number): TaskFailure {
  return { code: 'TIMEOUT', message: `the task was not done within its time limit of ${limitMs / 1_000} s` };
}
