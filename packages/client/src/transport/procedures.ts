import { createTRPCUntypedClient, type TRPCLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import type { StreamHandlers } from '../watching/watched-stream.ts';

/** Calls Taskwire's procedures by their names. The callers of this class check the answers. */
export class Procedures {
  readonly #client: ReturnType<typeof createTRPCUntypedClient<AnyTRPCRouter>>;
  readonly #prefix: string;

  /** @param path of the procedures in the server's router: `taskwire` for `router({ taskwire: taskwire.router })`. */
  constructor(links: TRPCLink<AnyTRPCRouter>[], path: string | undefined) {
    this.#client = createTRPCUntypedClient<AnyTRPCRouter>({ links });
    this.#prefix = path === undefined || path === '' ? '' : `${path}.`;
  }

  /** @param name such as `task.get`. @throws TRPCClientError */
  query(name: string, input: object, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<unknown> {
    return this.#client.query(`${this.#prefix}${name}`, input, signal === undefined ? {} : { signal });
  }

  /** @throws TRPCClientError */
  mutate(name: string, input: object): Promise<unknown> {
    return this.#client.mutation(`${this.#prefix}${name}`, input);
  }

  /** Opens a stream. Its handlers get each message in the envelope of tRPC. */
  subscribe(name: string, input: object, handlers: StreamHandlers): { unsubscribe(): void } {
    return this.#client.subscription(`${this.#prefix}${name}`, input, handlers);
  }
}
