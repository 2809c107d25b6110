import { TaskwireError } from '@taskwire/protocol';
import { TRPCClientError } from '@trpc/client';
import { TaskwireClientError, fromTaskwireError } from './client-error.ts';
import { foreignTrpcError } from './foreign-trpc.ts';
import { trpcErrorOf } from './taskwire-answer.ts';
import { isRecord } from '../transport/shapes.ts';
import { StreamEndedEvent } from '../transport/stream-connection.ts';

/**
 * Turns an error that this package or `client.trpc` threw into a TaskwireClientError. Never throws.
 * @returns the same error if it is a TaskwireClientError already.
 */
export function toClientError(error: unknown): TaskwireClientError {
  if (error instanceof TaskwireClientError) return error;
  if (error instanceof StreamEndedEvent) return error.failure;
  if (error instanceof TaskwireError) return fromTaskwireError(error);
  if (error instanceof TRPCClientError) return fromTrpcError(error);
  const message = error instanceof Error ? error.message : String(error);
  return new TaskwireClientError('INTERNAL', message, { cause: error });
}

interface TrpcErrorFields {
  message: string;
  data: unknown;
  /** The refusal of a server. */
  shape: unknown;
  cause: unknown;
}

function fromTrpcError(error: TrpcErrorFields): TaskwireClientError {
  const known = causeOf(error);
  if (known !== undefined) return known;
  const sent = trpcErrorOf(error);
  if (sent !== undefined) return sent;
  // Without a refusal of a server, the call failed in this process.
  const foreign = foreignTrpcError(error.shape, { cause: error });
  return foreign ?? new TaskwireClientError('INTERNAL', error.message, { cause: error });
}

/**
 * The failure that tRPC wrapped. `await using` inside tRPC may wrap it once more: when a stream fails, its clean-up
 * fails too, and the first failure is in `suppressed`.
 */
function causeOf(error: TrpcErrorFields): TaskwireClientError | undefined {
  const { cause } = error;
  const candidates = isRecord(cause) ? [cause, cause['suppressed'], cause['error']] : [cause];
  for (const candidate of candidates) {
    if (candidate instanceof TaskwireClientError) return candidate;
    if (candidate instanceof StreamEndedEvent) return candidate.failure;
  }
  return undefined;
}
