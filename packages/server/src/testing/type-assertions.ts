import { httpLink, type TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';

/** The link of a test's client. It carries each router's values as JSON, and knows no types of it. */
export function testLinks<Router extends AnyTRPCRouter>(
  url: string,
  headers: Record<string, string>,
): TRPCLink<Router>[] {
  const link: TRPCLink<AnyTRPCRouter> = httpLink({ url, headers });
  return [link] as TRPCLink<Router>[];
}
