import {
  ERROR_CODES,
  TaskwireError,
  fieldErrorText,
  fieldErrors,
  isErrorCode,
  type ErrorCode,
  type FieldError,
} from '@taskwire/protocol';
import { TRPCError, type TRPCDefaultErrorShape } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import * as z from 'zod';

/** Taskwire's part of the `data` of every tRPC error. */
export interface ErrorDescription {
  taskwireCode: ErrorCode;
  /** The refused fields, named by dotted path; empty when the error is not about a field. */
  fields: FieldError[];
}

/** The tRPC form of a thrown value. The message of an unknown error does not leave the server. */
export function toTrpcError(error: unknown): TRPCError {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof TaskwireError) {
    return new TRPCError({ code: ERROR_CODES[cause.code].trpc, message: cause.message, cause });
  }
  if (!(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR') {
    return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'something went wrong on the server', cause });
  }
  if (cause instanceof z.core.$ZodError && error.code === 'BAD_REQUEST') {
    return new TRPCError({ code: 'BAD_REQUEST', message: fieldErrorText(fieldErrors(cause)), cause });
  }
  return error;
}

/**
 * The tRPC form of an error that ends a stream. A client of tRPC comes back for ever after a 5xx code, so a permanent
 * failure has a 4xx code (MUST 16); its `taskwireCode` is INTERNAL.
 */
export function toStreamError(error: unknown): TRPCError {
  const translated = toTrpcError(error);
  if (translated.code !== 'INTERNAL_SERVER_ERROR') return translated;
  const { message } = translated;
  const cause = new TaskwireError('INTERNAL', message, { cause: translated.cause });
  return new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message, cause });
}

/** Translates the errors of a running stream: middleware sees only its beginning. */
export async function* translated<Value>(stream: AsyncIterable<Value>): AsyncGenerator<Value, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    throw toStreamError(error);
  }
}

/** Taskwire's code and the refused fields of a tRPC error. */
export function describeError(error: TRPCError): ErrorDescription {
  const cause = error.cause;
  if (cause instanceof TaskwireError) return { taskwireCode: cause.code, fields: [...cause.fields] };
  if (cause instanceof z.core.$ZodError && error.code === 'BAD_REQUEST') {
    return { taskwireCode: 'INVALID_INPUT', fields: fieldErrors(cause) };
  }
  return { taskwireCode: codeOf(error), fields: [] };
}

/** The shape of every error. */
export interface ErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape['data'] & ErrorDescription;
}

/**
 * Adds Taskwire's code and the refused fields to the `data` of an error. A tRPC router in which `taskwire.router` stands
 * needs it, because tRPC formats errors by the outer router: `initTRPC.context<Context>().create({ errorFormatter })`.
 */
export function errorFormatter({ shape, error }: { shape: TRPCDefaultErrorShape; error: TRPCError }): ErrorShape {
  return { ...shape, data: { ...shape.data, ...describeError(error) } };
}

function codeOf(error: TRPCError): ErrorCode {
  const codes = Object.keys(ERROR_CODES).filter(isErrorCode);
  const exact = codes.find((code) => ERROR_CODES[code].trpc === error.code);
  // tRPC's own refusals of a malformed request have finer codes than ours.
  return exact ?? (getHTTPStatusCodeFromError(error) < 500 ? 'INVALID_INPUT' : 'INTERNAL');
}
