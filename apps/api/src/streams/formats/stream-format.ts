import type { Chunk } from './chunk.ts';
import type { SharedJson } from './shared-json.ts';

/** How messages are written for one sort of client. What is empty is not sent. */
export interface Encoder<Message> {
  /** Broadcasts of one topic are one if their encoders have one name. */
  readonly name: string;
  /** A message as a frame. @throws if the message does not fit its schema. */
  encode(message: Message, json: SharedJson): string;
  /** Says that nothing more will come, ever. */
  readonly ended: string;
  /** Says why the stream ends before its end. */
  failed(error: unknown): string;
}

/** Which clients come in here: those of tRPC, or any that read Server-Sent Events. */
export type Transport = 'trpc' | 'sse';

/** What is the same for all streams of a transport. */
export interface StreamFormat {
  readonly transport: Transport;
  /** The header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Stands before the first message, after `retry:`. */
  readonly greeting: string;
  /** Shows that a stream is alive. */
  readonly ping: Chunk;
}
