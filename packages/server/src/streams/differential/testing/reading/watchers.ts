import type { TestServer } from '../../../../testing/test-server.ts';
import type { Ask } from '../scenarios/ask.ts';
import type { EventSourceMake } from './event-sources.ts';
import { LinkWatch } from './link-watch.ts';
import { RawStream } from './raw-stream.ts';

const MAKES = ['eventsource', 'undici'] as const satisfies EventSourceMake[];

/** All watchers with one request to one server: one that keeps the bytes, and tRPC's link over each make of EventSource. */
export interface Watchers {
  raw: RawStream;
  links: readonly LinkWatch[];
  leave(): Promise<void>;
}

/** Asks a server. Leave it. */
export function watch(server: TestServer, ask: Ask, settings: { token: string; withLinks: boolean }): Watchers {
  const authorization = settings.token;
  const raw = new RawStream(server.url, ask, { authorization });
  const makes = settings.withLinks ? MAKES : [];
  const links = makes.map((make) => new LinkWatch(server.url, ask, { make, authorization }));
  return {
    raw,
    links,
    async leave() {
      raw.leave();
      await Promise.all(links.map((link) => link.leave()));
    },
  };
}
