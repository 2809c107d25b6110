import { type TaskwireClientError, toClientError, type ClientErrorCode, type FieldError } from '@taskwire/client';
import { CommanderError } from 'commander';
import { EXIT_STATUS, type ExitStatus } from '../surroundings.ts';
import { CommandFailure } from './command-failure.ts';
import { colorsFor, plain } from './output.ts';
import type { OutputStream } from '../surroundings.ts';
import { UsageError } from '../input/usage-error.ts';

interface Report {
  code: ClientErrorCode | 'USAGE' | 'FAILED';
  message: string;
  fields: readonly FieldError[];
  status: ExitStatus;
}

interface ReportOptions {
  json: boolean;
  /** The command that lists what the failed one looked for. */
  listedBy: string;
  /** Whether the failed command had a token for its server. */
  hasToken: boolean;
}

/**
 * Writes an error and its remedy on one line, without a stack. With `json`: `{ error: { code, message, fields } }`.
 * @returns the exit status for the error.
 */
export function reportError(error: unknown, stderr: OutputStream, options: ReportOptions): ExitStatus {
  const { status, ...description } = describe(error, options);
  if (options.json) stderr.write(`${JSON.stringify({ error: description })}\n`);
  else stderr.write(`${colorsFor(stderr).red('error:')} ${plain(description.message)}\n`);
  return status;
}

function describe(error: unknown, options: ReportOptions): Report {
  if (error instanceof CommanderError) return usage(error.message.replace(/^error: /, ''), []);
  if (error instanceof UsageError) return usage(error.message, error.fields);
  if (error instanceof CommandFailure) {
    return { code: 'FAILED', message: error.message, fields: [], status: EXIT_STATUS.error };
  }
  const known = toClientError(error);
  const { code, fields } = known;
  const status = code === 'INVALID_INPUT' ? EXIT_STATUS.usage : EXIT_STATUS.error;
  return { code, message: withRemedy(known, options), fields, status };
}

function usage(message: string, fields: readonly FieldError[]): Report {
  return { code: 'USAGE', message, fields, status: EXIT_STATUS.usage };
}

function withRemedy({ code, message }: TaskwireClientError, { listedBy, hasToken }: ReportOptions): string {
  switch (code) {
    case 'UNAUTHENTICATED':
      // The server's words may be the same for a request without a token and for one that it has no use for.
      if (hasToken) return `the token was not accepted: ${message}`;
      return `${message}. Set one: export TASKWIRE_TOKEN="$(taskwire token)"`;
    case 'NETWORK':
      return `${/[.?!]$/.test(message) ? message : `${message}.`} Set TASKWIRE_URL or --url to where it is`;
    case 'NOT_FOUND':
      return `${message}: ${listedBy} shows them`;
    case 'TOO_MANY_REQUESTS':
    case 'SERVICE_UNAVAILABLE':
    case 'INSUFFICIENT_STORAGE':
      return `${message}: try again in a moment`;
    case 'INTERNAL':
      return `${message}: the server's log says more`;
    case 'FORBIDDEN':
    case 'INVALID_INPUT':
    case 'CONFLICT':
    case 'METHOD_NOT_ALLOWED':
    case 'PAYLOAD_TOO_LARGE':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return message;
    default:
      return code satisfies never;
  }
}
