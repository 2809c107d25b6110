import { DatabaseEncodingError } from '@taskwire/db';
import { endWithoutStackIfUncaught } from '@taskwire/process-kit';
import { UploadStorageError } from '@taskwire/uploads';
import * as z from 'zod';
import type { Environment } from './env.ts';

/**
 * The server could not start. Its message is one line, with the remedy if one is known. If nothing catches it, the process
 * ends with status 1. It then writes this line alone, unless the cause is unknown.
 */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(cause: unknown, environment: Pick<Environment, 'host' | 'port'>) {
    super(startFailure(cause, environment), { cause });
    if (isKnown(cause)) endWithoutStackIfUncaught(this, 1);
  }
}

const systemErrorSchema = z.object({ code: z.string(), message: z.string() });

function isKnown(error: unknown): boolean {
  const isExplained = error instanceof DatabaseEncodingError || error instanceof UploadStorageError;
  return isExplained || systemErrorSchema.safeParse(error).success;
}

function startFailure(error: unknown, { host, port }: Pick<Environment, 'host' | 'port'>): string {
  if (error instanceof DatabaseEncodingError) return `the api cannot start: ${error.message}`;
  if (error instanceof UploadStorageError) return error.message;
  const known = systemErrorSchema.safeParse(error);
  if (!known.success) return `the api cannot start: ${String(error)}`;
  switch (known.data.code) {
    case 'EADDRINUSE':
      return `EADDRINUSE: port ${port} is taken: set PORT to another one`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${known.data.code}: this machine has no address ${host}: set HOST to one of its own, or leave it out`;
    case 'EACCES':
    case 'EPERM':
      return `${known.data.message}: set PORT (${port}) to one that this user may listen on`;
    default:
      return `the api cannot start: ${known.data.message}`;
  }
}
