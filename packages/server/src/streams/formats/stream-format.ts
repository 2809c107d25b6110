import type { Chunk } from './chunk.ts';
import type { SharedJson } from './shared-json.ts';

/** Writes messages for one kind of client. An empty text is not sent. */
export interface Encoder<Message> {
  /** Connections to one topic share a broadcast if their encoders have the same name. */
  readonly name: string;
  /** A message as a frame. @throws if the message does not fit its schema. */
  encode(message: Message, json: SharedJson): string;
  /** The last text of a stream whose log has ended. */
  readonly ended: string;
  /** The last text of a stream that failed. */
  failed(error: unknown): string;
}

/** The client's side of a stream: tRPC's link, or plain Server-Sent Events. */
export type Transport = 'trpc' | 'sse';

/** The constant parts of all streams of a transport. */
export interface StreamFormat {
  readonly transport: Transport;
  /** The header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text after `retry:` and before the first message. */
  readonly greeting: string;
  /** Sent at intervals, so that clients and proxies see a living stream. */
  readonly ping: Chunk;
}
