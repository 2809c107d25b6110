import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';

/** How long (ms) a client that still sends may take to notice the answer. */
const LINGER_MS = 2_000;

/** Says whether the client is (as far as is known) still sending a body. */
export function isStillSending(request: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  return !request.complete && (length !== '0' || encoding !== undefined);
}

/**
 * Answers a request whose body is not wanted any more. Closing the connection under a client that is sending would make
 * the system reset it, and the answer could be lost: so the answer goes out, what still comes is thrown away for
 * a moment, and only then the connection is closed.
 */
export function answerUnread(request: IncomingMessage, response: Response, body: unknown): void {
  const text = JSON.stringify(body);
  response.set({
    Connection: 'close',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
  });
  response.write(text);
  const finish = () => {
    clearTimeout(timer);
    if (!response.writableEnded) response.end();
  };
  const timer = setTimeout(finish, LINGER_MS);
  request.once('end', finish).once('close', finish).resume();
}
