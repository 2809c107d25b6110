/** As tRPC writes it. */
export const PING = 'event: ping\ndata: \n\n\n';

/** The text of a stream, and what was taken out of it. */
export interface StreamText {
  /** Everything else, byte for byte. */
  text: string;
  /** The retry times (ms). */
  retries: number[];
  pings: number;
}

/** Takes out of a stream's text what may differ: pings, which come by the clock, and the wait, which is random. */
export function readStream(text: string): StreamText {
  const retries: number[] = [];
  let pings = 0;
  const frames = text
    .split(/(?<=\n\n)(?!\n)/)
    .filter((frame) => {
      if (frame === PING) pings += 1;
      return frame !== PING;
    })
    .filter((frame) => {
      const wait = /^retry: (\d+)\n\n$/.exec(frame)?.[1];
      if (wait !== undefined) retries.push(Number(wait));
      return wait === undefined;
    });
  return { text: frames.join(''), retries, pings };
}
