import { ERROR_CODES, isErrorCode } from '@taskwire/protocol';
import { TaskwireClientError, codeOfStatus } from './client-error.ts';
import { isRecord, readFields } from '../transport/shapes.ts';

/** Spelling of Taskwire's codes. A newer server may send a code that is unknown here. */
const CODE_SPELLING = /^[A-Z][A-Z_]*$/;

/**
 * The error in a JSON body of one of Taskwire's two forms: `{ error: { code, message, fields } }` with the code's own
 * HTTP status, or tRPC's form with `data.taskwireCode`. Undefined for every other body, even a similar one: it comes from
 * a proxy or another server.
 */
export function taskwireErrorOf(body: unknown, status: number): TaskwireClientError | undefined {
  if (!isRecord(body) || !isRecord(body['error'])) return undefined;
  return httpErrorOf(body['error'], status) ?? trpcErrorOf(body['error']);
}

/** The same for an error of tRPC in an answer or a stream. */
export function trpcErrorOf(error: { message?: unknown; data?: unknown }): TaskwireClientError | undefined {
  const { message, data } = error;
  if (!isRecord(data) || typeof message !== 'string') return undefined;
  const { taskwireCode, fields, httpStatus } = data;
  if (typeof taskwireCode !== 'string' || !CODE_SPELLING.test(taskwireCode)) return undefined;
  const status = typeof httpStatus === 'number' ? httpStatus : undefined;
  const code = isErrorCode(taskwireCode) ? taskwireCode : codeOfStatus(status ?? 500);
  return new TaskwireClientError(code, message, { fields: readFields(fields), status, cause: error });
}

/** Whether a JSON body is an answer of Taskwire's tRPC to a call or a batch of calls. */
export function isTaskwireTrpcAnswer(body: unknown): boolean {
  const answers: unknown[] = Array.isArray(body) ? body : [body];
  return answers.length > 0 && answers.every(isTrpcAnswer);
}

function isTrpcAnswer(answer: unknown): boolean {
  return isRecord(answer) && (isRecord(answer['result']) || isTaskwireTrpcFailure(answer));
}

function isTaskwireTrpcFailure({ error }: Record<string, unknown>): boolean {
  return isRecord(error) && trpcErrorOf(error) !== undefined;
}

function httpErrorOf(error: Record<string, unknown>, status: number): TaskwireClientError | undefined {
  const { code, message, fields } = error;
  if (!isErrorCode(code) || ERROR_CODES[code].status !== status) return undefined;
  if (typeof message !== 'string' || !Array.isArray(fields)) return undefined;
  return new TaskwireClientError(code, message, { fields: readFields(fields), status });
}
