import getPort, { portNumbers } from 'get-port';
import { Problem } from '../lib/problem.ts';

const FIRST_PORT = 4000;

export interface PortChoice {
  port: number;
  /** What to tell about it, if it is not the usual one. */
  remark: string | undefined;
}

/**
 * Takes the port that was asked for, or else 4000, or else the next one that is free.
 * @throws Problem if the one that was asked for is taken
 */
export async function choosePort(wanted: number | undefined): Promise<PortChoice> {
  if (wanted === undefined) {
    const port = await getPort({ port: portNumbers(FIRST_PORT, FIRST_PORT + 200) });
    return { port, remark: port === FIRST_PORT ? undefined : `port ${FIRST_PORT} is taken, so this is ${port}` };
  }
  const free = await getPort({ port: wanted });
  if (free === wanted) return { port: wanted, remark: undefined };
  throw new Problem(`Port ${wanted} is in use by another program, or may not be used by you.`, {
    remedy: 'Stop that program, give another number with --port, or leave --port out to get a free one.',
  });
}
