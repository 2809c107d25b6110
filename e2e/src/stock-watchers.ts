import type { TaskMessage } from '@taskwire/protocol';
import { taskMessageSchema } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';

/** The messages that a watcher got, in order, and the number of its connections. */
export interface Record {
  messages: TaskMessage[];
  connections: number;
  ended: Promise<void>;
}

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

/** Watches by the unmodified `httpSubscriptionLink`. */
export function watchByStockLink(client: ReturnType<typeof stockClient>, taskId: string): Record {
  const messages: TaskMessage[] = [];
  const record: Record = { messages, connections: 0, ended: Promise.resolve() };
  record.ended = new Promise((resolve, reject) => {
    client.task.onProgress.subscribe(
      { taskId },
      {
        onStarted: () => (record.connections += 1),
        onData: ({ data }) => messages.push(taskMessageSchema.parse(data)),
        onError: reject,
        onComplete: resolve,
      },
    );
  });
  return record;
}

/** Watches the plain endpoint by an EventSource that follows the standard. */
export function watchByEventSource(url: string, token: string, taskId: string): Record {
  const messages: TaskMessage[] = [];
  const source = new EventSource(`${url}/api/v1/sse/tasks/${taskId}/progress`, { fetch: authorizedFetch(token) });
  const record: Record = { messages, connections: 0, ended: Promise.resolve() };
  const names = ['snapshot', 'queued', 'started', 'stage', 'progress', 'token', 'log', 'retrying', 'canceling'];
  const lastNames = ['complete', 'error', 'canceled', 'timeout'];
  source.addEventListener('open', () => (record.connections += 1));
  record.ended = new Promise((resolve) => {
    const take = (event: MessageEvent, last: boolean) => {
      if (typeof event.data !== 'string') return; // `error` is also how an EventSource says that it lost its connection
      messages.push(taskMessageSchema.parse(JSON.parse(event.data)));
      if (!last) return;
      source.close();
      resolve();
    };
    for (const name of names) source.addEventListener(name, (event) => take(event, false));
    for (const name of lastNames) source.addEventListener(name, (event) => take(event, true));
  });
  return record;
}
