import { createTRPCUntypedClient, httpSubscriptionLink, retryLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { withToken, type Target, type Visit, type Visitor } from './visit.ts';

/** A retryable error's HTTP status, as tRPC puts it in the error's data. */
const RETRYABLE = new Set([429, 500, 502, 503, 504]);
const RETRY_PAUSE_MS = 200;

function procedureOf(target: Target): { path: string; input: Record<string, unknown> } {
  switch (target.of) {
    case 'task':
      return { path: 'task.onProgress', input: { taskId: target.taskId } };
    case 'project': {
      const { projectId, types, stages } = target;
      return { path: 'project.onProgress', input: { projectId, types, stages } };
    }
    case 'owner':
      return { path: 'task.onAny', input: {} };
    default:
      return target satisfies never;
  }
}

function statusOf(error: { data?: unknown }): number | undefined {
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return undefined;
  return typeof data.httpStatus === 'number' ? data.httpStatus : undefined;
}

/** Watches by the unmodified tRPC client, set up as its own documentation says: nothing of ours in it. */
export function visitByTrpc(visit: Visit): Visitor {
  const { record } = visit;
  const client = createTRPCUntypedClient({
    links: [
      retryLink({
        retry: ({ error }) => {
          const status = statusOf(error);
          const again = status === undefined || RETRYABLE.has(status);
          if (again) record.away(`retryLink: ${error.message}`);
          return again;
        },
        retryDelayMs: () => RETRY_PAUSE_MS,
      }),
      httpSubscriptionLink({
        url: `${visit.url}/trpc`,
        EventSource,
        eventSourceOptions: { fetch: withToken(visit.token, visit.fetch) },
      }),
    ],
  });
  const left = new AbortController();
  const { path, input } = procedureOf(visit.target);
  const cursor = record.cursor;
  record.begin(cursor);
  const subscription = client.subscription(path, cursor === undefined ? input : { ...input, lastEventId: cursor }, {
    onStarted: () => record.connected(),
    onConnectionStateChange: (state) => {
      if (state.state === 'connecting' && state.error !== null) record.away(state.error.message);
    },
    onData: (data: unknown) => takeTracked(visit, data),
    onError: (error) => record.failed(error.message),
    // It also fires when this side leaves.
    onComplete: () => {
      if (!left.signal.aborted) record.ended('return');
    },
  });
  return {
    leave: () => {
      left.abort();
      subscription.unsubscribe();
      return Promise.resolve();
    },
  };
}

/** A tracked yield as the client gets it: `{ id, data }`. */
function takeTracked({ record }: Visit, value: unknown): void {
  if (typeof value === 'object' && value !== null && 'id' in value && 'data' in value && typeof value.id === 'string') {
    record.message(value.data, value.id);
  } else record.message(value, undefined);
}
