import { Prisma } from '@taskwire/db';
import { TaskwireError } from '@taskwire/protocol';
import * as z from 'zod';

/** The PostgreSQL adapter's failure inside Prisma's error. `code` is PostgreSQL's own (SQLSTATE). */
const causeSchema = z.object({
  driverAdapterError: z.object({
    cause: z.object({ kind: z.string(), code: z.exactOptional(z.string()), originalCode: z.exactOptional(z.string()) }),
  }),
});

/** P2028: no connection for a transaction in time, or the transaction took too long. */
const UNREACHABLE_KINDS = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'P2028'];
/** Class 08: connection lost; 53: out of resources; 57P: shutting down or starting up. */
const UNREACHABLE_SQLSTATES = /^(08|53|57P)/;
/** A read-only server or user, and locks that were not granted in time: the same write may succeed later. */
const REFUSED_WRITE: Readonly<Record<string, string>> = {
  '25006': 'the database is read-only at the moment; try again later',
  '55P03': 'the database is busy with the same rows; try again in a moment',
};
/** A NUL character in a text or in JSON, which PostgreSQL cannot hold. */
const NUL_SQLSTATES = ['22021', '22P05'];
/** The driver's own pool throws these bare. */
const UNREACHABLE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered|Query read timeout)/;

interface Failure {
  kind: string;
  sqlState: string;
}

function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const parsed = causeSchema.safeParse(error.meta);
  if (!parsed.success) return { kind: error.code, sqlState: '' };
  const { kind, code, originalCode } = parsed.data.driverAdapterError.cause;
  return { kind, sqlState: code ?? originalCode ?? '' };
}

function isUnreachable(error: unknown, failure: Failure | undefined): boolean {
  if (failure === undefined) return error instanceof Error && UNREACHABLE_MESSAGES.test(error.message);
  return UNREACHABLE_KINDS.includes(failure.kind) || UNREACHABLE_SQLSTATES.test(failure.sqlState);
}

/** Whether a write failed because a row with the same unique value exists. */
export function isUniqueViolation(error: unknown): boolean {
  return hasFailed(error, { prisma: 'P2002', sqlState: '23505' });
}

/** Whether a write failed because a row that it refers to does not exist. */
export function isForeignKeyViolation(error: unknown): boolean {
  return hasFailed(error, { prisma: 'P2003', sqlState: '23503' });
}

/** Prisma has codes of its own for its own statements, and PostgreSQL's for others. */
function hasFailed(error: unknown, codes: { prisma: string; sqlState: string }): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === codes.prisma || failureOf(error)?.sqlState === codes.sqlState;
}

/** The error that a caller may see for an error of the database, if there is one; else the same error. */
export function translateDatabaseError(error: unknown): unknown {
  const failure = failureOf(error);
  if (isUnreachable(error, failure)) {
    const message = 'the database cannot be reached; try again in a moment';
    return new TaskwireError('SERVICE_UNAVAILABLE', message, { cause: error });
  }
  const refused = REFUSED_WRITE[failure?.sqlState ?? ''];
  if (refused !== undefined) return new TaskwireError('SERVICE_UNAVAILABLE', refused, { cause: error });
  if (failure !== undefined && NUL_SQLSTATES.includes(failure.sqlState)) {
    return new TaskwireError('INVALID_INPUT', 'a text holds a NUL character (U+0000): leave it out', { cause: error });
  }
  return error;
}
