import { httpBatchLink, httpLink, httpSubscriptionLink, splitLink, type TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
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
export function createLinks(transport: Transport): TRPCLink<AnyTRPCRouter>[] {
  const calls = {
    url: transport.trpcUrl,
    headers: () => transport.authorization(),
    fetch: (input, init) => fetchJson(transport, input, { ...init, signal: init?.signal ?? null }),
  } satisfies Parameters<typeof httpLink<AnyTRPCRouter>>[0];
  return [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: [
        comeBackLink(transport),
        httpSubscriptionLink({
          url: transport.trpcUrl,
          EventSource: StreamConnection,
          eventSourceOptions: { open: (input, init) => openStream(transport, input, init) },
        }),
      ],
      false: splitLink({
        // The slowest call of a batch delays its answer, so a held poll would delay the others.
        condition: (operation) => /(^|\.)task\.poll$/.test(operation.path),
        true: httpLink(calls),
        false: httpBatchLink({ ...calls, maxURLLength: LONGEST_URL }),
      }),
    }),
  ];
}
