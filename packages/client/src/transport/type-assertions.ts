import type { TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';

/** The links for a router. They carry each router's values as JSON, and know no types of it. */
export function linksOf<Router extends AnyTRPCRouter>(links: TRPCLink<AnyTRPCRouter>[]): TRPCLink<Router>[] {
  return links as TRPCLink<Router>[];
}
