import type { AppRouter } from '@taskwire/router';
import { httpBatchLink, httpLink, httpSubscriptionLink, splitLink, type TRPCLink } from '@trpc/client';
import { comeBackLink } from './come-back-link.ts';
import { fetchJson } from './fetch-json.ts';
import { openStream } from './open-stream.ts';
import { StreamConnection } from './stream-connection.ts';
import type { Transport } from './transport.ts';

/** Longest URL (characters) of a batch; a longer batch is split. Proxies commonly accept 8 KiB. */
const LONGEST_URL = 8_000;

/**
 * The links of a Taskwire client. Streams use a ponyfill in browsers too: a native EventSource cannot send headers, and a
 * token must not stand in a URL.
 */
export function createLinks(transport: Transport): TRPCLink<AppRouter>[] {
  const url = `${transport.url}/trpc`;
  const calls = {
    url,
    headers: () => transport.authorization(),
    fetch: (input, init) => fetchJson(transport, input, { ...init, signal: init?.signal ?? null }),
  } satisfies Parameters<typeof httpLink<AppRouter>>[0];
  return [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: [
        comeBackLink(transport),
        httpSubscriptionLink({
          url,
          EventSource: StreamConnection,
          eventSourceOptions: { open: (input, init) => openStream(transport, input, init) },
        }),
      ],
      false: splitLink({
        // The slowest call of a batch delays its answer, so a held poll would delay the others.
        condition: (operation) => operation.path === 'task.poll',
        true: httpLink(calls),
        false: httpBatchLink({ ...calls, maxURLLength: LONGEST_URL }),
      }),
    }),
  ];
}
