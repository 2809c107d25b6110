import { firstSeq, taskMessageSchema, type TaskMessage } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { WatchRecord } from '../record.ts';

function authorizedFetch(token: string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
}

/** A tRPC client as its own documentation sets it up: nothing of ours in it. */
export function stockClient(url: string, token: string) {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({
          url: `${url}/trpc`,
          EventSource,
          eventSourceOptions: { fetch: authorizedFetch(token) },
        }),
        false: httpLink({ url: `${url}/trpc`, headers: { authorization: `Bearer ${token}` } }),
      }),
    ],
  });
}

function take(record: WatchRecord, message: TaskMessage): void {
  if (message.type !== 'snapshot') {
    record.add({ type: 'event', from: firstSeq(message), to: message.seq });
  } else if (message.gap === undefined) record.add({ type: 'start', after: message.seq });
  else record.add({ type: 'gap', range: message.gap });
}

/** Watches a task by the unmodified subscription link. @returns what ends the watch. */
export function watchTask(client: ReturnType<typeof stockClient>, taskId: string, record: WatchRecord): () => void {
  const subscription = client.task.onProgress.subscribe(
    { taskId },
    {
      onData: ({ data }) => take(record, taskMessageSchema.parse(data)),
      onError: () => record.add({ type: 'ended', how: 'failed' }),
      onComplete: () => record.add({ type: 'ended', how: 'completed' }),
    },
  );
  return () => subscription.unsubscribe();
}
