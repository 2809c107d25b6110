import { TRPCClientError, retryLink, type TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { observable } from '@trpc/server/observable';
import { Backoff } from './backoff.ts';
import type { TaskwireClientError } from '../errors/client-error.ts';
import { toClientError } from '../errors/to-client-error.ts';

/**
 * Reconnects a stream at its cursor while that can help (MUST 16). It stands before the subscription link and uses
 * tRPC's `retryLink`. For each subscription it adds a backoff that a message resets, decides which errors are retryable,
 * and reports `connecting` to the watcher.
 */
export function comeBackLink<Router extends AnyTRPCRouter>(settings: { isTokenRenewable: boolean }): TRPCLink<Router> {
  return (runtime) => (call) =>
    observable((observer) => {
      const backoff = new Backoff();
      let left = false;
      let triesWithNewToken = settings.isTokenRenewable ? 1 : 0;
      const mayComeBack = (failure: TaskwireClientError): boolean => {
        if (failure.code !== 'UNAUTHENTICATED') return isRetryableFailure(failure);
        triesWithNewToken -= 1;
        return triesWithNewToken >= 0;
      };
      const comingBack = retryLink<Router>({
        retry({ error }) {
          if (!mayComeBack(toClientError(error))) return false;
          observer.next({ result: { type: 'state', state: 'connecting', error: withReason(error) } });
          // The watcher may have left in this very call. Without this check, `retryLink` would reconnect with no way to stop it.
          return !left;
        },
        retryDelayMs: () => backoff.next(),
      });
      const subscription = comingBack(runtime)(call).subscribe({
        next(envelope) {
          const { type } = envelope.result;
          if (type === 'data' || type === undefined) {
            backoff.reset();
            triesWithNewToken = settings.isTokenRenewable ? 1 : 0;
          }
          observer.next(envelope);
        },
        error: (error) => observer.error(withReason(error)),
        complete: () => observer.complete(),
      });
      return () => {
        left = true;
        subscription.unsubscribe();
      };
    });
}

/** Whether reconnecting a stream may help. A server that failed inside (5xx) may be repaired later. */
function isRetryableFailure(failure: TaskwireClientError): boolean {
  return failure.isRetryable || (failure.status !== undefined && failure.status >= 500);
}

/** The error with the reason in its message: tRPC's own error for a failed connection has none. */
function withReason<Router extends AnyTRPCRouter>(error: TRPCClientError<Router>): TRPCClientError<Router> {
  return error.data ? error : TRPCClientError.from(toClientError(error));
}
