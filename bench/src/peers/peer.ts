import type { WatchAddress } from '../load/watch-address.ts';
import type { PublishRequest } from '../taskwire/publisher.ts';

/** A stream of its own at a running peer, without watchers and events yet. */
export interface Topic {
  address: WatchAddress;
  /** Resolves when the peer has taken all. Events are numbered from 1 over all calls. */
  publish: (request: PublishRequest) => Promise<void>;
  close: () => Promise<void>;
}

/** A peer that runs, its serving side on the servers' core. */
export interface RunningPeer {
  /** Processes that count as the server, children included. */
  serverPids: () => readonly number[];
  openTopic: () => Promise<Topic>;
  stop: () => Promise<void>;
}

/** Something that fans events out, which can be measured. */
export interface Peer {
  name: string;
  /** Set-up, for readers of the figures. */
  summary: string;
  /** Measured on request only. */
  isOptional?: boolean;
  /** @returns why it cannot run here and how to mend that; undefined if it can. */
  whyNot?: () => Promise<string | undefined>;
  start: () => Promise<RunningPeer>;
}
