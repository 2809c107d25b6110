import type { ServerResponse } from 'node:http';
import { encodeRetry } from '../formats/frame.ts';
import type { StreamFormat } from '../formats/stream-format.ts';

/** Shortest time (ms) before a client comes back, and the range (ms) above it: each client gets a time of its own. */
const LEAST_RETRY_MS = 1_000;
const RETRY_SPREAD_MS = 2_000;

/** Begins an answer. The fields are set one by one: `writeHead` would drop those that were set before. */
export function beginAnswer(response: ServerResponse, { headers }: StreamFormat): ServerResponse {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return response.writeHead(200);
}

/** The first text of every stream. */
export function openingText({ greeting }: StreamFormat): string {
  return `${encodeRetry(LEAST_RETRY_MS + RETRY_SPREAD_MS * Math.random())}${greeting}`;
}

/** Answers with a stream of one last frame, unless the client has left. */
export function sendAway(response: ServerResponse, format: StreamFormat, frame: string): void {
  if (!response.destroyed) beginAnswer(response, format).end(`${openingText(format)}${frame}`);
}
