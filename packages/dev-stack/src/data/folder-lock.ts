import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { isHeld } from './lock-holder.ts';
import type { LockHolder } from './lock-holder.ts';

export interface FolderLock {
  release: () => Promise<void>;
}

/** Another process holds the lock. */
export interface LockRefused {
  /** Process id of the holder. */
  heldBy: number;
}

/**
 * Takes a lock that ends with its process, even after SIGKILL. A file alone would outlive a crash, and another program may
 * then have its process id (in a container it always does). So the holder also listens on a port of 127.0.0.1, and answers
 * with the token in the file. A file without such a holder is stale and is replaced.
 */
export async function lockFolder(file: string): Promise<FolderLock | LockRefused> {
  const token = randomUUID();
  const server = await answerWith(token);
  const { port } = addressOf(server);
  const claim: LockHolder = { processId: process.pid, port, token };
  const refusedBy = await claimFile(file, claim);
  if (refusedBy !== undefined) {
    server.close();
    return { heldBy: refusedBy.processId };
  }
  let releasing: Promise<void> | undefined;
  const release = () => {
    // Once only: at a second call the file may belong to another process.
    releasing ??= rm(file, { force: true }).then(() => {
      server.close();
    });
    return releasing;
  };
  return { release };
}

async function claimFile(file: string, claim: LockHolder): Promise<LockHolder | undefined> {
  if (await createFile(file, claim)) {
    return undefined;
  }
  const holder = await readHolder(file);
  if (holder !== undefined && (await isHeld(holder))) {
    return holder;
  }
  await rm(file, { force: true });
  if (!(await createFile(file, claim))) {
    return await readHolder(file);
  }
  // Another process may have found the same stale file, and may just have removed this new one.
  await delay(150);
  const winner = await readHolder(file);
  return winner?.token === claim.token ? undefined : winner;
}

async function createFile(file: string, claim: LockHolder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(claim), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function readHolder(file: string): Promise<LockHolder | undefined> {
  for (const pauseMs of [0, 50, 200]) {
    await delay(pauseMs);
    const content = await readFile(file, 'utf8').catch(() => '');
    const match = /"processId":(\d+),"port":(\d+),"token":"([\w-]+)"/.exec(content);
    if (match?.[3] !== undefined) {
      return { processId: Number(match[1]), port: Number(match[2]), token: match[3] };
    }
  }
  return undefined;
}

function answerWith(token: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(token);
    });
    server.on('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      resolve(server.unref());
    });
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The lock listens on no port.');
  }
  return address;
}
