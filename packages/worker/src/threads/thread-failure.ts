import { UploadStorageError } from '@taskwire/uploads';
import * as z from 'zod';
import { PermanentTaskError, TaskError } from '../task-error.ts';
import { findOutage } from '../uploads/find-outage.ts';

/** An error on its way between threads. */
export const threadFailureSchema = z.object({
  message: z.string(),
  /** Absent for an error that is no TaskError. */
  code: z.exactOptional(z.string()),
  /** Present for an argument that is not accepted. */
  isTypeError: z.exactOptional(z.literal(true)),
  permanent: z.boolean(),
  /** Reason of a failure of the uploads' storage. */
  storage: z.exactOptional(z.enum(['missing', 'unavailable', 'full', 'refused'])),
  /** For the log. */
  detail: z.string(),
});
export type ThreadFailure = z.infer<typeof threadFailureSchema>;

/** The failure for any thrown value, also an error with a message that is no text, or whose reading throws (a Proxy). */
export function toThreadFailure(error: unknown): ThreadFailure {
  try {
    return threadFailureSchema.parse(readFailure(error));
  } catch {
    const message = 'a value that cannot be read was thrown';
    return { message, permanent: false, detail: message };
  }
}

function readFailure(error: unknown): ThreadFailure {
  if (!(error instanceof Error)) return { message: String(error), permanent: false, detail: String(error) };
  const { message, stack: detail = message } = error;
  if (error instanceof TaskError) return { code: error.code, message, permanent: error.permanent, detail };
  // Causes do not leave the thread, and an outage costs no try.
  const storage = error instanceof UploadStorageError ? error : findOutage(error);
  if (storage !== undefined) return { message, permanent: false, storage: storage.reason, detail };
  if (error instanceof TypeError) return { message, isTypeError: true, permanent: false, detail };
  return { message, permanent: false, detail };
}

/** The error of a failure. Its cause holds the stack of the other thread. */
export function fromThreadFailure(failure: ThreadFailure): Error {
  const { message, code, isTypeError, permanent, storage, detail } = failure;
  const cause = new Error(detail);
  if (isTypeError === true) return new TypeError(message, { cause });
  if (storage !== undefined) return new UploadStorageError(storage, message, { cause });
  if (code === undefined) return new Error(message, { cause });
  return permanent ? new PermanentTaskError(code, message, { cause }) : new TaskError(code, message, { cause });
}
