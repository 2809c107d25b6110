import type { Socket } from 'node:net';

/** Largest socket write (bytes). A write's callback comes when all of it is taken, so smaller writes show progress. */
export const WRITE_BYTES = 16 * 1_024;

/** Buffers of one socket write. */
export interface SocketWrite {
  buffers: Buffer[];
  bytes: number;
}

type Done = (error?: Error | null) => void;

/** Groups buffers into socket writes. Longer buffers are cut, without being copied. */
export function* socketWrites(buffers: Iterable<Buffer>): Generator<SocketWrite, void, undefined> {
  let write: SocketWrite = { buffers: [], bytes: 0 };
  for (const buffer of buffers) {
    for (let start = 0; start < buffer.length; start += WRITE_BYTES) {
      const part = buffer.length <= WRITE_BYTES ? buffer : buffer.subarray(start, start + WRITE_BYTES);
      if (write.bytes > 0 && write.bytes + part.length > WRITE_BYTES) {
        yield write;
        write = { buffers: [], bytes: 0 };
      }
      write.buffers.push(part);
      write.bytes += part.length;
    }
  }
  if (write.bytes > 0) yield write;
}

/**
 * Writes past the queue of Node's stream: the queue would cost about a tenth of a delivery. Bytes that the system cannot
 * take yet wait in libuv, in the same order. `done` is called when all are taken. If the queue already holds bytes, these
 * go behind them.
 */
export function writeDirectly(socket: Socket, buffers: readonly Buffer[], done: Done): void {
  if (socket._writev === undefined || socket.writableLength > 0) socket.write(Buffer.concat(buffers), done);
  else
    socket._writev(
      buffers.map((chunk) => ({ chunk, encoding: 'utf8' })),
      done,
    );
}
