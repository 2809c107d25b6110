import type { AppRouter } from '@taskwire/router';
import { createTRPCUntypedClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import * as z from 'zod';
import { headersOf, type Ask } from '../scenarios/ask.ts';
import { EVENT_SOURCES, type EventSourceMake, type OpenLink } from './event-sources.ts';
import type { Frame } from '../comparing/merged.ts';

/** A call of the subscription’s observer. */
export type Observation =
  | { kind: 'started' }
  | { kind: 'state'; state: string; error: unknown }
  | { kind: 'data'; id: string; data: unknown }
  | { kind: 'error'; error: unknown }
  | { kind: 'complete' };

const trackedSchema = z.object({ id: z.string(), data: z.unknown() });

/** The caller and the EventSource of a watch. `before` stands between the client and the subscription link. */
export interface LinkWatchClient {
  make: EventSourceMake;
  authorization: string;
  before?: TRPCLink<AppRouter>[];
}

/** A subscription over tRPC's own, unmodified link. Leave it. */
export class LinkWatch {
  readonly #observations: Observation[] = [];
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
        onStarted: () => this.#take({ kind: 'started' }),
        onConnectionStateChange: ({ state, error }) =>
          this.#take({ kind: 'state', state, error: error === null ? null : describe(error) }),
        onData: (data) => this.#take({ kind: 'data', ...trackedSchema.parse(data) }),
        onError: (error) => this.#take({ kind: 'error', error: describe(error) }),
        onComplete: () => this.#take({ kind: 'complete' }),
      },
    );
  }

  /** All calls so far; equal calls in a row count as one. */
  get observations(): readonly Observation[] {
    return this.#observations;
  }

  get ended(): boolean {
    return this.#observations.some(({ kind }) => kind === 'error' || kind === 'complete');
  }

  get started(): boolean {
    return this.#observations.some(({ kind }) => kind === 'started');
  }

  /** The ids of all messages. */
  get ids(): string[] {
    return this.#observations.flatMap((each) => (each.kind === 'data' ? [each.id] : []));
  }

  /** The messages as they were in the stream. */
  get frames(): Frame[] {
    return this.#observations.flatMap((each) =>
      each.kind === 'data' ? [{ event: 'message', id: each.id, data: JSON.stringify(each.data) }] : [],
    );
  }

  async leave(): Promise<void> {
    this.#left = true;
    this.#subscription.unsubscribe();
    await this.#open.close();
  }

  #take(observation: Observation): void {
    // A client tries again as often as it must while a server is away.
    const repeated = JSON.stringify(this.#observations.at(-1)) === JSON.stringify(observation);
    if (!this.#left && !repeated) this.#observations.push(observation);
  }
}

/** The fields of an error that a page sees. */
function describe(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return { notOfTrpc: String(error) };
  return { message: error.message, shape: error.shape, data: error.data };
}
