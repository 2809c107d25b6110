import { join } from 'node:path';

import { readPort, writePort } from '../data/stable-port.ts';
import { choosePort } from '../programs/port.ts';
import { Problem } from '../terminal/problem.ts';
import { colors, printLine } from '../terminal/terminal.ts';
import type { DevFolder } from './dev-folder.ts';
import type { DevOptions } from './dev-options.ts';
import { presentVariables, type DevPlace, type Variables } from './dev-variables.ts';

const SERVER_PORT = 4000;
const PAGE_PORT = 5173;

/**
 * Chooses the ports of server and page: those of the last start, if they are free.
 * @throws Problem if the one that was asked for cannot be had
 */
export async function choosePorts(
  options: DevOptions,
  data: DevFolder,
): Promise<Pick<DevPlace, 'serverPort' | 'pagePort'>> {
  const files = { server: join(data.run, 'server.port'), page: join(data.run, 'page.port') };
  const wanted = options.port ?? readPortVariable(presentVariables(options.variables));
  const server = await choosePort({ wanted, last: await readPort(files.server), usual: SERVER_PORT });
  const page = await choosePort({ last: await readPort(files.page), usual: PAGE_PORT });
  // A port that was asked for once is not the port of the next start.
  if (wanted === undefined) await writePort(files.server, server.port);
  await writePort(files.page, page.port);
  if (server.remark !== undefined) printLine(colors.yellow(server.remark));
  return { serverPort: server.port, pagePort: page.port };
}

/** The port that PORT names. @throws Problem if it is no port. */
function readPortVariable({ PORT: text }: Variables): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port > 0 && port < 65_536) return port;
  throw new Problem(`PORT must be a number from 1 to 65535, not "${text}".`, {
    remedy: 'Mend it in the environment or in .env, or leave it out to get a free port.',
  });
}
