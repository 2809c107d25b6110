import { connect } from 'node:net';

/** Content of a lock file. */
export interface LockHolder {
  processId: number;
  /** Port of 127.0.0.1 that answers each connection with the token. */
  port: number;
  token: string;
}

/**
 * Whether the holder of a lock file still lives. A holder that accepts a connection and stays silent counts as alive: its
 * event loop is busy.
 */
export function isHeld(holder: LockHolder): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = '';
    let connected = false;
    const socket = connect({ host: '127.0.0.1', port: holder.port });
    socket.setTimeout(2_000, () => {
      resolve(connected && answer === '');
      socket.destroy();
    });
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('error', () => {
      resolve(false);
    });
    socket.on('close', () => {
      resolve(answer === holder.token);
    });
  });
}
