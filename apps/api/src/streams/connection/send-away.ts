import type { ServerResponse } from 'node:http';
import { encodeRetry } from '../formats/frame.ts';
import { beginAnswer } from './begin-answer.ts';
import type { StreamFormat } from '../formats/stream-format.ts';
import { retryDelay } from './retry-delay.ts';

/** Answers with a stream that has one last frame to say, unless the client has left already. */
export function sendAway(response: ServerResponse, { headers, greeting }: StreamFormat, frame: string): void {
  if (response.destroyed) return;
  beginAnswer(response, headers).end(`${encodeRetry(retryDelay())}${greeting}${frame}`);
}
