import type { Transport } from './formats/stream-format.ts';

/** Why the gateway refused a stream. */
export type Refusal = 'user' | 'process' | 'filters';
/** Why it cut one off, or sent its watcher away to come back. */
export type Cut = 'stalled' | 'lifetime' | 'expired';

/** What the gateway has done since the process began, and what it does now; plain numbers, since they change often. */
export class StreamStatistics {
  readonly watchers: Record<Transport, number> = { trpc: 0, sse: 0 };
  /** Watchers that have no room for more at this moment. */
  lagging = 0;
  /** Bytes that streams have been given and that the system has not taken yet. */
  waitingBytes = 0;
  broadcasts = 0;
  /** Messages written, once for each watcher, and their bytes. */
  deliveries = 0;
  bytes = 0;
  /** Messages encoded, once for all watchers. */
  encodings = 0;
  readonly refused: Record<Refusal, number> = { user: 0, process: 0, filters: 0 };
  readonly cut: Record<Cut, number> = { stalled: 0, lifetime: 0, expired: 0 };

  /** So many messages were written, which are so many bytes, to so many watchers. */
  delivered(messages: number, { bytes, watchers }: { bytes: number; watchers: number }): void {
    this.deliveries += messages * watchers;
    this.bytes += bytes * watchers;
  }
}
