import { createBacking, startTestServer, type Backing, type TestServer } from '../../../../testing/test-server.ts';

/** Two servers on one database and one Redis, which differ in one thing: who answers subscriptions. */
export interface Pair {
  backing: Backing;
  /** tRPC's own adapter answers. */
  trpc: TestServer;
  /** The gateway answers. */
  gateway: TestServer;
  /** Stops the servers, and closes their backing unless that was to be kept. */
  stop(): Promise<void>;
}

/** Starts both. Stop them. */
export async function startPair({ keepBacking = false, drainMs = 5_000 } = {}): Promise<Pair> {
  const backing = await createBacking();
  const [trpc, gateway] = await Promise.all([
    startTestServer(backing, { environment: { drainMs, streamGateway: false } }),
    startTestServer(backing, { environment: { drainMs, streamGateway: true } }),
  ]);
  return {
    backing,
    trpc,
    gateway,
    async stop() {
      await Promise.all([trpc.stop(), gateway.stop()]);
      if (!keepBacking) await backing.close();
    },
  };
}
