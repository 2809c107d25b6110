import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';

/** Time (ms) for a client that still sends to notice the answer. */
const LINGER_MS = 2_000;

/** Whether the client may still be sending a body. */
export function isStillSending(request: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  return !request.complete && (length !== '0' || encoding !== undefined);
}

/**
 * Answers a request without reading its body. If the connection were closed while the client sends, the system would
 * reset it and the answer could be lost. So this writes the answer, discards the body for a moment, then closes.
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
