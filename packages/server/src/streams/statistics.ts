import type { Transport } from './formats/stream-format.ts';

/** Limit that a refused stream has exceeded. */
export type Refusal = 'user' | 'process' | 'filters';
/** Reason for which a stream was ended early. */
export type Cut = 'stalled' | 'lifetime' | 'expired';

/** Counts since the process began, and current values. Plain numbers, because they change often. */
export class StreamStatistics {
  readonly watchers: Record<Transport, number> = { trpc: 0, sse: 0 };
  /** Watchers that have no room now. */
  lagging = 0;
  /** Bytes written to streams that the system has not taken yet. */
  waitingBytes = 0;
  broadcasts = 0;
  /** Messages written, once for each watcher, and their bytes. */
  deliveries = 0;
  bytes = 0;
  /** Messages encoded, once for all watchers. */
  encodings = 0;
  readonly refused: Record<Refusal, number> = { user: 0, process: 0, filters: 0 };
  readonly cut: Record<Cut, number> = { stalled: 0, lifetime: 0, expired: 0 };

  /** Counts `messageCount` messages of `bytes` in all, written to each of the watchers. */
  delivered(messageCount: number, { bytes, watchers }: { bytes: number; watchers: number }): void {
    this.deliveries += messageCount * watchers;
    this.bytes += bytes * watchers;
  }
}
