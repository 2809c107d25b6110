import getPort, { portNumbers } from 'get-port';
import { Problem } from '../lib/problem.ts';

const FIRST_PORT = 4000;

export interface PortChoice {
  port: number;
  /** The reason for a port that is not the usual one. */
  remark: string | undefined;
}

/**
 * Takes the port that was asked for, or else 4000, or else the next one that is free.
 * @throws Problem if the one that was asked for is taken, or no browser would open it
 */
export async function choosePort(wanted: number | undefined): Promise<PortChoice> {
  if (wanted === undefined) {
    const port = await getPort({ port: portNumbers(FIRST_PORT, FIRST_PORT + 40) });
    return { port, remark: port === FIRST_PORT ? undefined : `port ${FIRST_PORT} is taken, so this is ${port}` };
  }
  if ((await getPort({ port: wanted })) !== wanted) {
    throw new Problem(`Port ${wanted} is in use by another program, or may not be used by you.`, {
      remedy: 'Stop that program, give another number with --port, or leave --port out to get a free one.',
    });
  }
  if (await isRefusedByBrowsers(wanted)) {
    throw new Problem(`Browsers refuse to open port ${wanted}.`, {
      remedy: 'Give another number with --port, or leave --port out to get a free one.',
    });
  }
  return { port: wanted, remark: undefined };
}

/** Some ports belong to other protocols, and `fetch` will not talk to them, whether anybody listens there or not. */
function isRefusedByBrowsers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1_000) }).then(
    () => false,
    (error: unknown) => error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port',
  );
}
