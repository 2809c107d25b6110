import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from './env.ts';

/** URL of the server if none is given and the project runs none: one on this machine. */
export const DEFAULT_URL = 'http://127.0.0.1:4000';

/** The server that a command calls, and the caller's token. */
export interface ServerAccess {
  url: string | undefined;
  token: string | undefined;
}

/**
 * The server of a call: as given, else by TASKWIRE_URL and TASKWIRE_TOKEN, else the `taskwire dev` that runs in the
 * project of a folder. A given token never goes to an address that a project's file names.
 */
export async function findServer(
  given: Partial<ServerAccess>,
  environment: Environment,
  workingFolder: string,
): Promise<ServerAccess & { url: string }> {
  const url = given.url ?? environment.url;
  const token = given.token ?? environment.token;
  if (url !== undefined || token !== undefined) return { url: url ?? DEFAULT_URL, token };
  return (await readDevAccess(workingFolder)) ?? { url: DEFAULT_URL, token };
}

/** The server and the token of the `taskwire dev` in the project of a folder; undefined if none runs there. */
async function readDevAccess(folder: string): Promise<{ url: string; token: string } | undefined> {
  const text = await readFile(join(folder, '.taskwire', 'access.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return dirname(folder) === folder ? undefined : readDevAccess(dirname(folder));
  return parseAccess(text);
}

function parseAccess(text: string): { url: string; token: string } | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null || !('url' in read) || !('token' in read)) return undefined;
    const { url, token } = read;
    if (typeof url !== 'string' || typeof token !== 'string') return undefined;
    // `dev` serves this machine alone. A file of another hand, such as one in a repository, names no other server.
    return new URL(url).hostname === '127.0.0.1' ? { url, token } : undefined;
  } catch {
    return undefined;
  }
}
