import type { AppRouter } from '@taskwire/router';
import { createTRPCUntypedClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import * as z from 'zod';
import { headersOf, type Ask } from './ask.ts';
import { EVENT_SOURCES, type EventSourceMake, type OpenLink } from './event-sources.ts';
import type { Frame } from './merged.ts';

/** What the observer of a subscription was told, in its order. */
export type Told =
  | { told: 'started' }
  | { told: 'state'; state: string; error: unknown }
  | { told: 'data'; id: string; data: unknown }
  | { told: 'error'; error: unknown }
  | { told: 'complete' };

const trackedSchema = z.object({ id: z.string(), data: z.unknown() });

/** The caller and the EventSource of a watch. `before` stands between the client and the subscription link. */
export interface LinkWatchClient {
  make: EventSourceMake;
  authorization: string;
  before?: TRPCLink<AppRouter>[];
}

/** A subscription over tRPC's own, unmodified link. Leave it. */
export class LinkWatch {
  readonly #told: Told[] = [];
  readonly #open: OpenLink;
  readonly #subscription: { unsubscribe(): void };
  #left = false;

  constructor(serverUrl: string, ask: Ask, client: LinkWatchClient) {
    const { make, authorization, before = [] } = client;
    this.#open = EVENT_SOURCES[make](`${serverUrl}/trpc`, headersOf(ask, { authorization }));
    const { link } = this.#open;
    this.#subscription = createTRPCUntypedClient<AppRouter>({ links: [...before, link] }).subscription(
      ask.path,
      ask.input,
      {
        onStarted: () => this.#take({ told: 'started' }),
        onConnectionStateChange: ({ state, error }) =>
          this.#take({ told: 'state', state, error: error === null ? null : describe(error) }),
        onData: (data) => this.#take({ told: 'data', ...trackedSchema.parse(data) }),
        onError: (error) => this.#take({ told: 'error', error: describe(error) }),
        onComplete: () => this.#take({ told: 'complete' }),
      },
    );
  }

  /** Everything so far; of what was told twice in a row, one. */
  get told(): readonly Told[] {
    return this.#told;
  }

  get ended(): boolean {
    return this.#told.some(({ told }) => told === 'error' || told === 'complete');
  }

  get started(): boolean {
    return this.#told.some(({ told }) => told === 'started');
  }

  /** The ids of all messages. */
  get ids(): string[] {
    return this.#told.flatMap((each) => (each.told === 'data' ? [each.id] : []));
  }

  /** The messages as they were in the stream. */
  get frames(): Frame[] {
    return this.#told.flatMap((each) =>
      each.told === 'data' ? [{ event: 'message', id: each.id, data: JSON.stringify(each.data) }] : [],
    );
  }

  async leave(): Promise<void> {
    this.#left = true;
    this.#subscription.unsubscribe();
    await this.#open.close();
  }

  #take(told: Told): void {
    // A client tries again as often as it must while a server is away.
    const repeated = JSON.stringify(this.#told.at(-1)) === JSON.stringify(told);
    if (!this.#left && !repeated) this.#told.push(told);
  }
}

/** All that a page can tell an error by. */
function describe(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return { notOfTrpc: String(error) };
  return { message: error.message, shape: error.shape, data: error.data };
}
