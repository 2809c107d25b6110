import type { AppRouter } from '@taskwire/router';
import { httpSubscriptionLink, type TRPCLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { Agent, EventSource as EventSourceOfUndici } from 'undici';
import * as z from 'zod';

/** tRPC's own subscription link, unmodified, and what closes the connections under it. */
export interface OpenLink {
  link: TRPCLink<AppRouter>;
  close(): Promise<void>;
}

type MakeLink = (url: string, headers: Record<string, string>) => OpenLink;

const requestHeadersSchema = z.record(z.string(), z.string());

/** The makes of EventSource that both servers are watched by; each sends the given headers. */
export const EVENT_SOURCES = {
  eventsource: (url, headers) => ({
    link: httpSubscriptionLink({
      url,
      EventSource,
      eventSourceOptions: {
        fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
      },
    }),
    close: () => Promise.resolve(),
  }),
  undici: (url, headers) => {
    const agent = new Agent();
    const dispatcher = agent.compose((dispatch) => (request, handler) => {
      const sent = { ...requestHeadersSchema.parse(request.headers), ...headers };
      return dispatch({ ...request, headers: sent }, handler);
    });
    return {
      link: httpSubscriptionLink({
        url,
        EventSource: EventSourceOfUndici,
        eventSourceOptions: { node: { dispatcher } },
      }),
      close: () => agent.destroy(),
    };
  },
} satisfies Record<string, MakeLink>;

export type EventSourceMake = keyof typeof EVENT_SOURCES;
