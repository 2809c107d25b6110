import { TaskwireError, type ErrorCode, type FieldError } from '@taskwire/protocol';
import * as z from 'zod';

/** The body of every error outside tRPC. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; fields: readonly FieldError[] };
}

/** The JSON form of an error. */
export function errorBody({ code, message, fields }: TaskwireError): ErrorBody {
  return { error: { code, message, fields } };
}

/** The errors that Express and its parsers throw for faults of the client. */
const httpErrorSchema = z.object({ status: z.int().min(400).max(499), message: z.string() });

const CODES_BY_STATUS = new Map<number, ErrorCode>([
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
]);

/** The error that a caller may see for a thrown value. Only a TaskwireError keeps its message. */
export function toTaskwireError(thrown: unknown): TaskwireError {
  if (thrown instanceof TaskwireError) return thrown;
  const clientFault = httpErrorSchema.safeParse(thrown);
  if (!clientFault.success) {
    return new TaskwireError('INTERNAL', 'something went wrong on the server', { cause: thrown });
  }
  const { status } = clientFault.data;
  const code = CODES_BY_STATUS.get(status) ?? 'INVALID_INPUT';
  return new TaskwireError(code, describeFault(status), { cause: thrown });
}

function describeFault(status: number): string {
  switch (status) {
    case 404:
      return 'there is nothing at this address';
    case 413:
      return 'the body is too large';
    case 415:
      return 'the body has an encoding or character set that is not known here: send UTF-8, uncompressed';
    default:
      return 'the request cannot be read: check that its address and its body are well-formed';
  }
}
