import type { AppRouter } from '@taskwire/router';
import { TRPCClientError, retryLink, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { Backoff } from './backoff.ts';
import type { TaskwireClientError } from '../errors/client-error.ts';
import { toClientError } from '../errors/to-client-error.ts';

/**
 * Stands before the subscription link and brings a stream back, at its cursor, for as long as that can help (MUST 16).
 * tRPC's own `retryLink` does the coming back. Added here, for each subscription: a wait that begins anew once
 * something came through, the judgement of errors, and the word to the watcher that it is not live meanwhile.
 */
export function comeBackLink(settings: { tokenIsRenewable: boolean }): TRPCLink<AppRouter> {
  return (runtime) => (call) =>
    observable((observer) => {
      const backoff = new Backoff();
      let left = false;
      let triesWithNewToken = settings.tokenIsRenewable ? 1 : 0;
      const mayComeBack = (failure: TaskwireClientError): boolean => {
        if (failure.code !== 'UNAUTHENTICATED') return isRetryableFailure(failure);
        triesWithNewToken -= 1;
        return triesWithNewToken >= 0;
      };
      const comingBack = retryLink<AppRouter>({
        retry({ error }) {
          if (!mayComeBack(toClientError(error))) return false;
          observer.next({ result: { type: 'state', state: 'connecting', error: withReason(error) } });
          // `retryLink` would come back for one who left at this very word, and nobody could stop it any more.
          return !left;
        },
        retryDelayMs: () => backoff.next(),
      });
      const subscription = comingBack(runtime)(call).subscribe({
        next(envelope) {
          const { type } = envelope.result;
          if (type === 'data' || type === undefined) {
            backoff.reset();
            triesWithNewToken = settings.tokenIsRenewable ? 1 : 0;
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

/** Of a stream: whether coming back may help. A server that failed inside (5xx) may be a better one tomorrow. */
function isRetryableFailure(failure: TaskwireClientError): boolean {
  return failure.isRetryable || (failure.status !== undefined && failure.status >= 500);
}

/** tRPC's error for a connection that could not be made has no message; this one has the reason. */
function withReason(error: TRPCClientError<AppRouter>): TRPCClientError<AppRouter> {
  return error.data ? error : TRPCClientError.from(toClientError(error));
}
