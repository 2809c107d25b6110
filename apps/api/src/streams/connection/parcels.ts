/** So many bytes are given to the system in one go: how much of them it has taken is seen only when all are gone. */
export const PARCEL_BYTES = 16 * 1_024;

export interface Parcel {
  buffers: Buffer[];
  bytes: number;
}

/** Buffers in runs of 16 KiB at most; longer ones are cut, without being copied. */
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
