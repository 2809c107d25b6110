import type { Socket } from 'node:net';

/** Largest socket write (bytes). The callback of a write comes when all of it is taken, so smaller ones show progress. */
export const PARCEL_BYTES = 16 * 1_024;

/** Buffers of one socket write. */
export interface Parcel {
  buffers: Buffer[];
  bytes: number;
}

type Done = (error?: Error | null) => void;

/** Groups buffers into parcels. Longer ones are cut, without being copied. */
export function* parcelsOf(buffers: Iterable<Buffer>): Generator<Parcel, void, undefined> {
  let parcel: Parcel = { buffers: [], bytes: 0 };
  for (const buffer of buffers) {
    for (let start = 0; start < buffer.length; start += PARCEL_BYTES) {
      const part = buffer.length <= PARCEL_BYTES ? buffer : buffer.subarray(start, start + PARCEL_BYTES);
      if (parcel.bytes > 0 && parcel.bytes + part.length > PARCEL_BYTES) {
        yield parcel;
        parcel = { buffers: [], bytes: 0 };
      }
      parcel.buffers.push(part);
      parcel.bytes += part.length;
    }
  }
  if (parcel.bytes > 0) yield parcel;
}

/**
 * Writes past the queue of Node's stream, which costs about a tenth of a delivery. Nothing is lost: bytes that the system
 * cannot take yet wait in libuv, in the same order, and `done` is called when all are taken. If the stream's own queue
 * holds bytes, these go behind them.
 */
export function straightWrite(socket: Socket, buffers: readonly Buffer[], done: Done): void {
  if (socket._writev === undefined || socket.writableLength > 0) socket.write(Buffer.concat(buffers), done);
  else
    socket._writev(
      buffers.map((chunk) => ({ chunk, encoding: 'utf8' })),
      done,
    );
}
