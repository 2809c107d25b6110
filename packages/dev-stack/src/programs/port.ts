import getPort, { portNumbers } from 'get-port';

import { Problem } from '../terminal/problem.ts';

/** Number of ports that are tried after the usual one. */
const MOST_TRIED = 100;

export interface PortWish {
  /** The port that a person asked for. */
  wanted?: number | undefined;
  /** The port of the last start. */
  last?: number | undefined;
  /** Else this one, or the next one that is free. */
  usual: number;
}

export interface PortChoice {
  port: number;
  /** The reason for a port that is neither the usual one nor that of the last start. */
  remark: string | undefined;
}

/**
 * Chooses a free port of 127.0.0.1.
 * @throws Problem if the one that was asked for is taken, or no browser would open it
 */
export async function choosePort({ wanted, last, usual }: PortWish): Promise<PortChoice> {
  if (wanted !== undefined) return { port: await requireFree(wanted), remark: undefined };
  const first = last ?? usual;
  const port = await getPort({ host: '127.0.0.1', port: [first, ...portNumbers(usual, usual + MOST_TRIED)] });
  return { port, remark: port === first ? undefined : `port ${first} is taken, so this is ${port}` };
}

async function requireFree(wanted: number): Promise<number> {
  if ((await getPort({ host: '127.0.0.1', port: wanted })) !== wanted) {
    throw new Problem(`Port ${wanted} is in use by another program, or may not be used by you.`, {
      remedy: 'Stop that program, give another number with --port, or leave --port out to get a free one.',
    });
  }
  if (await isRefusedByBrowsers(wanted)) {
    throw new Problem(`Browsers refuse to open port ${wanted}.`, {
      remedy: 'Give another number with --port, or leave --port out to get a free one.',
    });
  }
  return wanted;
}

/** Some ports belong to other protocols, and `fetch` refuses to connect to them, whether a program listens or not. */
function isRefusedByBrowsers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1_000) }).then(
    () => false,
    (error: unknown) => error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port',
  );
}
