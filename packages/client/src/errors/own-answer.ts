import { ERROR_CODES, isErrorCode } from '@taskwire/protocol';
import { TaskwireClientError, codeOfStatus } from './client-error.ts';
import { isRecord, readFields } from '../transport/shapes.ts';

/** How Taskwire spells codes; one of a newer server may be unknown here. */
const CODE_SPELLING = /^[A-Z][A-Z_]*$/;

/**
 * The error that a JSON body carries, if it has one of Taskwire's two forms: `{ error: { code, message, fields } }` with
 * the code's own HTTP status, or tRPC's with `data.taskwireCode`. Undefined for anything else, however similar: it comes
 * from a proxy or another server.
 */
export function ownError(body: unknown, status: number): TaskwireClientError | undefined {
  if (!isRecord(body) || !isRecord(body['error'])) return undefined;
  return ownHttpError(body['error'], status) ?? ownTrpcError(body['error']);
}

/** The same for an error of tRPC, as an answer or a stream carries it. */
export function ownTrpcError(error: { message?: unknown; data?: unknown }): TaskwireClientError | undefined {
  const { message, data } = error;
  if (!isRecord(data) || typeof message !== 'string') return undefined;
  const { taskwireCode, fields, httpStatus } = data;
  if (typeof taskwireCode !== 'string' || !CODE_SPELLING.test(taskwireCode)) return undefined;
  const status = typeof httpStatus === 'number' ? httpStatus : undefined;
  const code = isErrorCode(taskwireCode) ? taskwireCode : codeOfStatus(status ?? 500);
  return new TaskwireClientError(code, message, { fields: readFields(fields), status, cause: error });
}

/** Says whether JSON is what Taskwire's tRPC answers a call, or a batch of calls, with. */
export function isOwnTrpcAnswer(body: unknown): boolean {
  const answers: unknown[] = Array.isArray(body) ? body : [body];
  return answers.every((answer) => isRecord(answer) && (isRecord(answer['result']) || isOwnTrpcFailure(answer)));
}

function isOwnTrpcFailure({ error }: Record<string, unknown>): boolean {
  return isRecord(error) && ownTrpcError(error) !== undefined;
}

function ownHttpError(error: Record<string, unknown>, status: number): TaskwireClientError | undefined {
  const { code, message, fields } = error;
  if (!isErrorCode(code) || ERROR_CODES[code].status !== status) return undefined;
  if (typeof message !== 'string' || !Array.isArray(fields)) return undefined;
  return new TaskwireClientError(code, message, { fields: readFields(fields), status });
}
