/** A text frame of a websocket from a client: shorter than 126 bytes, masked with zeros. */
function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Joins the namespace `/`: to be sent once the connection is a websocket. */
export const SOCKET_IO_JOIN = clientFrame('40');
/** Says that the client is there. */
export const SOCKET_IO_PONG = clientFrame('3');
/** Interval (ms) of the answer, with or without a request; shorter than Socket.IO's own. */
export const SOCKET_IO_PONG_MS = 20_000;
