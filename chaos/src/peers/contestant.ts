import type { WatchRecord } from './record.ts';

/** Number and rate of a producer's events. */
export interface Workload {
  events: number;
  everyMs: number;
}

/** A product in one round: a producer, a server, a watcher, each of which can be disturbed. */
export interface Bout {
  readonly record: WatchRecord;
  /** Starts producer and watcher. */
  start: () => Promise<void>;
  /** The highest number that the product has accepted. */
  produced: () => Promise<number>;
  /** Cuts the watcher's line until `restore`. */
  cut: () => void;
  restore: () => void;
  /** Drops old events, in the way in which the product itself does it. */
  trim: () => Promise<void>;
  /** Ends the producer's process with SIGKILL. */
  killProducer: () => Promise<void>;
  /** Starts a new one, as a supervisor would. Whether it goes on with the stream is the product's business. */
  replaceProducer: () => Promise<void>;
  /** Ends the process that serves the watcher. */
  stopServer: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  startServer: () => Promise<void>;
  close: () => Promise<void>;
}

/** A product that takes part. */
export interface Contestant {
  name: string;
  /** Packages whose installed versions are printed. */
  packages: readonly string[];
  /** Description of the set-up. */
  configuration: string;
  /** Source in the product's own documentation. */
  documentation: readonly string[];
  /** Faults that the product has no notion of, with the reason. */
  notApplicable: Partial<Record<FaultName, string>>;
  open: (workload: Workload) => Promise<Bout>;
  /** Ends what all rounds share. */
  dispose: () => Promise<void>;
}

/** Faults of every product, in this order. */
export const FAULTS = [
  'disconnected',
  'trimmed-while-away',
  'trimmed-and-restarted',
  'producer-killed',
  'producer-killed-while-away',
  'server-restarted',
  'server-killed',
] as const;

export type FaultName = (typeof FAULTS)[number];

export const FAULT_TITLES: Record<FaultName, string> = {
  disconnected: 'watcher disconnected, comes back',
  'trimmed-while-away': 'log trimmed while the watcher is away',
  'trimmed-and-restarted': 'the same, and the server restarted',
  'producer-killed': 'producer killed (-9), replaced',
  'producer-killed-while-away': 'the same, while the watcher is away',
  'server-restarted': 'server restarted (SIGTERM)',
  'server-killed': 'server killed (-9), started again',
};
